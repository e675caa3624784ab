-- Connections that ended before $1, by index chat_connection_last, but for accounts that a report is about at $2.
delete from chat_connection where (device_id, ip, port) in (
  select connection.device_id, connection.ip, connection.port
  from chat_connection connection
  join chat_device device on device.id = connection.device_id
  join chat_account account on account.handle = device.handle
  where connection.last_at < $1 and coalesce(account.preserved_until, '-infinity') < $2 limit $3
)
