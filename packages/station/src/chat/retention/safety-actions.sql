-- What stood for accounts and ended before $1. Served by safety_action_ended.
delete from safety_action where id in (
  select id from safety_action where ended_at < $1 and $2::timestamptz is not null order by ended_at limit $3
)
