-- Epochs that ended before $1, of which no record is left and into which nobody's time in the room reaches back.
delete from chat_epoch where (room_id, epoch) in (
  select epoch.room_id, epoch.epoch
  from chat_epoch epoch
  join chat_epoch next on next.room_id = epoch.room_id and next.epoch = epoch.epoch + 1 and next.at < $1
  where $2::timestamptz is not null
    and not exists (
      select from chat_record record where record.room_id = epoch.room_id and record.epoch = epoch.epoch
    )
    and not exists (
      select from chat_member member where member.room_id = epoch.room_id
        and (member.from_epoch = epoch.epoch or member.until_epoch = epoch.epoch)
    ) limit $3
)
