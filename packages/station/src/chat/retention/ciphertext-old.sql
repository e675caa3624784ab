-- Messages that were accepted before $1. Cursors are in the order of time, and the index on chat_batch.at finds the last of that time.
delete from chat_ciphertext where cursor in (
  select cursor from chat_ciphertext
  where cursor <= (select last_cursor from chat_batch where at < $1 order by at desc, last_cursor desc limit 1) and $2::timestamptz is not null
  order by cursor limit $3
)
