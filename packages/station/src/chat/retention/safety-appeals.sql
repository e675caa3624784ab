-- Appeals of before $1 that were decided, once no decision names them. Served by safety_appeal_at.
delete from safety_appeal where id in (
  select id from safety_appeal appeal
  where made_at < $1 and decided_at is not null and $2::timestamptz is not null
    and not exists (select from safety_decision where appeal_id = appeal.id)
  order by made_at limit $3
)
