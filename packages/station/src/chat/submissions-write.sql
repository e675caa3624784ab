-- Stores a batch of messages with their records, and how far their rooms have come. Under the lock of cursors.ts: cursors are given out
-- in the order of the batch.
with given as (
  select * from unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bytea[], $7::bytea[], $8::bigint[],
      $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[], $13::bytea[], $14::bytea[], $15::bytea[], $16::bytea[]) with ordinality
    as given (room_id, seq, device_id, epoch, accepted_at, franking_tag, ct_hash, client_time, nonce, submit_signature, server_frank,
      frank_signature, context_blind, prev_head, rec_hash, message, n)
), placed as materialized (
  select nextval('chat_cursor') as cursor, ordered.* from (select * from given order by n) ordered
), recorded as (
  insert into chat_record (cursor, room_id, seq, device_id, epoch, accepted_at, franking_tag, ct_hash, client_time, nonce,
    submit_signature, server_frank, frank_signature, context_blind, prev_head, rec_hash)
  select cursor, room_id, seq, device_id, epoch, accepted_at, franking_tag, ct_hash, client_time, nonce, submit_signature,
    server_frank, frank_signature, context_blind, prev_head, rec_hash from placed
), kept as (
  insert into chat_ciphertext (cursor, message) select cursor, message from placed
)
update chat_room set seq = after.seq, head = after.head, head_at = after.head_at
from unnest($17::bytea[], $18::bigint[], $19::bytea[], $20::bigint[]) as after (room_id, seq, head, head_at)
where chat_room.id = after.room_id
