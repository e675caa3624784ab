-- Commits and welcomes of epochs that began before $1, by index chat_epoch_handshake.
update chat_epoch set commit = null, welcome = null where (room_id, epoch) in (
  select room_id, epoch from chat_epoch
  where at < $1 and (commit is not null or welcome is not null) and $2::timestamptz is not null limit $3
)
