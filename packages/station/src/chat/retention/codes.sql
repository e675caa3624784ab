-- Codes that ran out before $1.
delete from chat_device_code where code_hash in (
  select code_hash from chat_device_code where expires_at < $1 and $2::timestamptz is not null limit $3
)
