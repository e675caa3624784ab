-- Whether $1 and $2 have a contact in common, or a conversation that both are in. Served by chat_request's primary key and
-- chat_request_asked, by chat_device_handle and chat_member_current.
with contact as (
  select asker as one, asked as other from chat_request where accepted
  union all
  select asked, asker from chat_request where accepted
)
select exists (
    select from contact mine join contact theirs on theirs.other = mine.other where mine.one = $1 and theirs.one = $2
  ) or exists (
    select from chat_device own
    join chat_member here on here.device_id = own.id and here.until_epoch is null
    join chat_member there on there.room_id = here.room_id and there.until_epoch is null
    join chat_device device on device.id = there.device_id and device.handle = $2
    where own.handle = $1
  ) as common
