-- What device $1 is told after cursor $2, at most $3 things, in their order. Each room that the device is or was in gives its next few
-- by (room_id, cursor), so a page costs what is on it and not what is in the rooms.
with place as (
  select room_id, greatest(from_cursor, $2::bigint) as after, coalesce(until_cursor, 9223372036854775807) as upto
  from chat_member
  where device_id = $1 and coalesce(until_cursor, 9223372036854775807) > $2::bigint
), said as (
  select message.cursor, true as is_message
  from place cross join lateral (
    select cursor from chat_record record
    where record.room_id = place.room_id and record.cursor > place.after and record.cursor <= place.upto
    order by cursor limit $3
  ) message
), done as (
  select event.cursor, false as is_message
  from place cross join lateral (
    select cursor from chat_event
    where chat_event.room_id = place.room_id and device_id is null and cursor > place.after and cursor <= place.upto
    order by cursor limit $3
  ) event
), own as (
  select cursor, false as is_message from chat_event where device_id = $1 and cursor > $2::bigint order by cursor limit $3
), page as (
  select * from said union all select * from done union all select * from own order by cursor limit $3
)
select page.cursor, coalesce(event.kind, 'message') as kind, coalesce(record.room_id, event.room_id) as room_id,
  coalesce(record.epoch, event.epoch) as epoch, event.at, event.data,
  record.seq, record.device_id, sender.handle, record.accepted_at, record.server_frank, record.frank_signature,
  record.prev_head, record.rec_hash, room.signing_key, ciphertext.message,
  chat_epoch.committer, committer.handle as committer_handle, chat_epoch.first_seq,
  case when event.kind = 'commit' then chat_epoch.commit else chat_epoch.welcome end as handshake
from page
left join chat_record record on page.is_message and record.cursor = page.cursor
left join chat_device sender on sender.id = record.device_id
left join chat_room room on room.id = record.room_id
left join chat_ciphertext ciphertext on ciphertext.cursor = record.cursor
left join chat_event event on not page.is_message and event.cursor = page.cursor
left join chat_epoch on event.kind in ('commit', 'welcome')
  and chat_epoch.room_id = event.room_id and chat_epoch.epoch = event.epoch
left join chat_device committer on committer.id = chat_epoch.committer
order by page.cursor
