-- Records that were accepted before $1 and that no report needs at $2, with what hangs on them. Found as in ciphertext-old.sql; those
-- that are kept are few.
with old as materialized (
  select cursor from chat_record
  where cursor <= (select last_cursor from chat_batch where at < $1 order by at desc, last_cursor desc limit 1) and coalesce(kept_until, '-infinity') < $2
  order by cursor limit $3
), ciphertext as (
  delete from chat_ciphertext using old where chat_ciphertext.cursor = old.cursor
), inclusion as (
  delete from chat_inclusion using old where chat_inclusion.cursor = old.cursor
)
delete from chat_record using old where chat_record.cursor = old.cursor
