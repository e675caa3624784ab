-- What people decided about accounts before $1. Served by safety_decision_at.
delete from safety_decision where id in (
  select id from safety_decision where decided_at < $1 and $2::timestamptz is not null order by decided_at limit $3
)
