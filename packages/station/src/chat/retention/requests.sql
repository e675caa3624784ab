-- Requests of before $1 that nobody said yes to.
delete from chat_request where (asker, asked) in (
  select asker, asked from chat_request
  where at < $1 and accepted is not true and $2::timestamptz is not null limit $3
)
