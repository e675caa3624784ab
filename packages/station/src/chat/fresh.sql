-- Which devices something came for after cursor $1, with the newest cursor. Primary keys of chat_record and chat_event find what is
-- new, that of chat_member who hears of it. Rooms are made distinct first: a room with much talk costs no more than one with little.
with fresh as materialized (
  select room_id, null::bytea as device_id, cursor from chat_record where cursor > $1
  union all
  select room_id, device_id, cursor from chat_event where cursor > $1
), place as (
  select room_id, device_id, min(cursor) as first from fresh group by room_id, device_id
)
select distinct (select max(cursor) from fresh) as cursor, coalesce(place.device_id, member.device_id) as device
from place
left join chat_member member on place.device_id is null and member.room_id = place.room_id
  and (member.until_cursor is null or member.until_cursor >= place.first)
