-- That a device was in a room, if it was removed before $1 and no record of that time is left.
delete from chat_member where (room_id, device_id, from_epoch) in (
  select member.room_id, member.device_id, member.from_epoch
  from chat_member member
  -- The last device of a room leaves it without another epoch.
  left join chat_epoch ended on ended.room_id = member.room_id and ended.epoch = member.until_epoch
  where coalesce(ended.at, member.leave_asked_at) < $1 and member.until_epoch is not null
    and $2::timestamptz is not null and not exists (
    select from chat_record record
    where record.room_id = member.room_id and record.epoch >= member.from_epoch and record.epoch < member.until_epoch
  ) limit $3
)
