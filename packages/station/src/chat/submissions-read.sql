-- What decides whether each message of a batch is taken, in the batch's order: $1 rooms, $2 devices, $3 epochs, $4 nonces. Served by
-- primary keys, chat_member's, and the unique index (device_id, nonce). Under the lock of cursors.ts.
select room.epoch, room.seq, room.head, room.head_at, room.signing_key, device.revoked_at is null as registered,
  exists (
    select from chat_member member
    where member.room_id = given.room_id and member.device_id = given.device_id and member.until_epoch is null
  ) as is_member,
  exists (
    select from chat_member member
    where member.room_id = given.room_id and member.device_id = given.device_id and member.from_epoch <= given.epoch
      and (member.until_epoch is null or member.until_epoch > given.epoch)
  ) as was_member,
  -- In a room of two, the other of whom has blocked the sender.
  exists (
    select from chat_block block
    where block.blocked = device.handle
      and (
        select count(distinct one.handle) = 2 and bool_or(one.handle = block.blocker)
        from chat_member member join chat_device one on one.id = member.device_id
        where member.room_id = given.room_id and member.until_epoch is null
      )
  ) as is_refused,
  known.room_id as known_room, known.ct_hash, known.seq as known_seq, known.accepted_at, known.server_frank,
  known.frank_signature, known.prev_head, known.rec_hash
from unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bytea[]) with ordinality
  as given (room_id, device_id, epoch, nonce, n)
left join chat_room room on room.id = given.room_id
left join chat_device device on device.id = given.device_id
left join chat_record known on known.device_id = given.device_id and known.nonce = given.nonce
order by given.n
