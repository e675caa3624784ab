-- Messages that every device which is to have them has stored. Rooms are those that have ciphertext left, so what was swept costs
-- nothing again. A device that was revoked, or has taken everything up to its removal, waits for nothing.
with place as materialized (
  select record.cursor, record.room_id from chat_ciphertext join chat_record record using (cursor)
), taken as (
  select room.room_id, min(device.acked) filter (
      where device.revoked_at is null and coalesce(member.until_cursor, 9223372036854775807) > device.acked
    ) as upto
  from (select distinct room_id from place) room
  join chat_member member on member.room_id = room.room_id
  join chat_device device on device.id = member.device_id
  group by room.room_id
)
delete from chat_ciphertext where cursor in (
  select place.cursor from place left join taken using (room_id)
  where place.cursor <= coalesce(taken.upto, 9223372036854775807) and $1::timestamptz is not null and $2::timestamptz is not null
  limit $3
)
