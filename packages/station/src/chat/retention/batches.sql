-- Batches of before $1 of which no record is left. The newest stays: the next one follows it.
delete from chat_batch where id in (
  select id from chat_batch batch
  where at < $1 and $2::timestamptz is not null
    and last_cursor < (select max(last_cursor) from chat_batch)
    and not exists (select from chat_record where cursor > batch.after_cursor and cursor <= batch.last_cursor)
  order by last_cursor limit $3
)
