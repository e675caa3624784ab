-- What devices were told before $1. Found as in ciphertext-old.sql.
delete from chat_event where cursor in (
  select cursor from chat_event
  where cursor <= (select last_cursor from chat_batch where at < $1 order by at desc, last_cursor desc limit 1) and $2::timestamptz is not null
  order by cursor limit $3
)
