-- Files of before $1 that no report holds; the caller removes their bytes.
delete from chat_blob where id in (
  select id from chat_blob blob
  where stored_at < $1 and $2::timestamptz is not null
    and not exists (select from chat_hold hold where hold.blob_id = blob.id)
  order by stored_at limit $3
)
returning id
