-- The hub of a platform's encrypted chats: ciphertext, rosters and times. Nothing here opens a message.
--
-- Everything that a device may be told has a cursor. Whoever takes cursors holds the lock of chat/cursors.ts until the commit, so
-- cursors become visible in their order and a reader never passes one by.
create sequence chat_cursor;

create table chat_account (
  handle text primary key check (handle ~ '^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$'),
  name text not null check (length(name) between 1 and 64),
  -- As the person gave it; null is unknown.
  birth_year smallint,
  created_at timestamptz not null,
  -- Connections of an account that a report is about are kept until then, whatever the retention.
  preserved_until timestamptz
);

-- The directory: which key spoke for which account, and when. A device has one key for life; each row and each revocation has a
-- leaf in the audit log, and no row is ever deleted.
create table chat_device (
  id bytea primary key check (length(id) = 16),
  handle text not null references chat_account (handle),
  name text not null check (length(name) between 1 and 64),
  public_key bytea not null unique check (length(public_key) = 32),
  valid_from timestamptz not null,
  revoked_at timestamptz,
  token_hash bytea not null unique check (length(token_hash) = 32),
  -- Everything up to this cursor is stored on the device.
  acked bigint not null default 0
);
create index chat_device_handle on chat_device (handle);

-- A one-time code with which an account lets another device in; only its hash is kept.
create table chat_device_code (
  code_hash bytea primary key check (length(code_hash) = 32),
  handle text not null references chat_account (handle),
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Each is given out once, the oldest first.
create table chat_key_package (
  id bigint primary key generated always as identity,
  device_id bytea not null references chat_device (id),
  bytes bytea not null,
  stored_at timestamptz not null
);
create index chat_key_package_device on chat_key_package (device_id, id);

create table chat_room (
  -- The MLS group id.
  id bytea primary key check (length(id) = 16),
  epoch bigint not null,
  -- Of the last accepted message, 0 before the first, and the chain's head after it.
  seq bigint not null default 0,
  head bytea not null default decode(repeat('00', 32), 'hex') check (length(head) = 32),
  -- Milliseconds since 1970. Times in a room never go back, whatever the clock does.
  head_at bigint not null default 0,
  -- The hub's franking key in the room's group context: it signs every frank of this room.
  signing_key bytea not null check (length(signing_key) = 32),
  created_at timestamptz not null
);

create table chat_epoch (
  room_id bytea not null references chat_room (id),
  epoch bigint not null,
  at timestamptz not null,
  -- The first message that was accepted after it began.
  first_seq bigint not null,
  committer bytea not null references chat_device (id),
  group_info_sha256 bytea not null check (length(group_info_sha256) = 32),
  -- Only of a room's last epoch: what the next commit is followed from.
  group_info bytea,
  -- Both go when every device has taken them, or with the retention of ciphertext.
  commit bytea,
  welcome bytea,
  primary key (room_id, epoch)
);

create index chat_epoch_handshake on chat_epoch (at) where commit is not null or welcome is not null;

-- A device in a room, from the epoch that added it to the one that removed it.
create table chat_member (
  room_id bytea not null references chat_room (id),
  device_id bytea not null references chat_device (id),
  from_epoch bigint not null,
  until_epoch bigint,
  -- It is told what comes after the one, up to and including the other.
  from_cursor bigint not null,
  until_cursor bigint,
  leave_asked_at timestamptz,
  primary key (room_id, device_id, from_epoch)
);
create index chat_member_device on chat_member (device_id);
create unique index chat_member_current on chat_member (room_id, device_id) where until_epoch is null;

-- The record of an accepted message: what a report of it can be checked against. Not the message.
create table chat_record (
  cursor bigint primary key,
  room_id bytea not null references chat_room (id),
  seq bigint not null,
  device_id bytea not null references chat_device (id),
  epoch bigint not null,
  -- Milliseconds since 1970, as they are franked.
  accepted_at bigint not null,
  franking_tag bytea not null,
  ct_hash bytea not null,
  client_time bigint not null,
  nonce bytea not null,
  submit_signature bytea not null,
  server_frank bytea not null,
  frank_signature bytea not null,
  context_blind bytea not null,
  prev_head bytea not null,
  rec_hash bytea not null,
  -- Set once a report needs it: retention leaves it until then.
  kept_until timestamptz,
  unique (room_id, seq),
  -- A message that is sent again after a lost answer is found by its nonce.
  unique (device_id, nonce)
);
create index chat_record_room on chat_record (room_id, cursor);

create table chat_ciphertext (
  cursor bigint primary key references chat_record (cursor),
  message bytea not null
);
-- Ciphertext does not compress.
alter table chat_ciphertext alter column message set storage external;

-- What devices are told besides messages: everybody in a room, or one device.
create table chat_event (
  cursor bigint primary key,
  at timestamptz not null,
  kind text not null check (kind in ('commit', 'welcome', 'leave', 'report', 'notice')),
  room_id bytea references chat_room (id),
  device_id bytea references chat_device (id),
  -- Of a commit or a welcome: the epoch that it leads to.
  epoch bigint,
  data jsonb not null default '{}',
  check ((device_id is null) <> (kind in ('welcome', 'report', 'notice')))
);
create index chat_event_room on chat_event (room_id, cursor) where device_id is null;
create index chat_event_device on chat_event (device_id, cursor) where device_id is not null;

-- Records of about a second under one RFC 6962 root, which a leaf of the audit log names: those with a cursor after the one, up to
-- and including the other, in their order.
create table chat_batch (
  id bigint primary key generated always as identity,
  after_cursor bigint not null unique,
  last_cursor bigint not null unique,
  size integer not null check (size > 0),
  root bytea not null check (length(root) = 32),
  leaf_id uuid not null references leaf (id),
  at timestamptz not null
);

create index chat_batch_at on chat_batch (at, last_cursor);

-- A record's place in its batch and the path from it to the root, kept once a report needs it: its neighbours will be swept.
create table chat_inclusion (
  cursor bigint primary key references chat_record (cursor),
  batch_id bigint not null references chat_batch (id),
  index integer not null,
  path bytea not null
);

-- RFC 3161 tokens over checkpoints of the audit log.
create table chat_stamp (
  size bigint not null references checkpoint (size),
  authority text not null,
  token bytea not null,
  at timestamptz not null,
  primary key (size, authority)
);

create table chat_blob (
  -- Its name in the folder of blobs.
  id text primary key,
  device_id bytea not null references chat_device (id),
  size bigint not null,
  sha256 bytea not null,
  stored_at timestamptz not null
);
create index chat_blob_stored on chat_blob (stored_at);

create table chat_backup (
  handle text primary key references chat_account (handle),
  object text not null,
  size bigint not null,
  stored_at timestamptz not null
);

create table chat_block (
  blocker text not null references chat_account (handle),
  blocked text not null references chat_account (handle),
  at timestamptz not null,
  primary key (blocker, blocked)
);
create index chat_block_blocked on chat_block (blocked);

-- Somebody asks a person who wants to be asked first; accepted means connected, in both directions.
create table chat_request (
  asker text not null references chat_account (handle),
  asked text not null references chat_account (handle),
  at timestamptz not null,
  answered_at timestamptz,
  accepted boolean,
  primary key (asker, asked),
  check (asker <> asked),
  check ((answered_at is null) = (accepted is null))
);
create index chat_request_asked on chat_request (asked);

-- A report as it came: sealed to the verifier, so that nothing here can read it.
create table chat_report (
  id uuid primary key,
  -- What a person reads out when they ask about it.
  number bigint not null unique generated by default as identity (start with 5001),
  device_id bytea not null references chat_device (id),
  sealed bytea,
  sealed_sha256 bytea not null check (length(sealed_sha256) = 32),
  received_at timestamptz not null,
  receipt jsonb not null,
  state text not null check (state in ('received', 'verified', 'unverified', 'passed-on', 'not-opened')),
  -- This station's report that it became.
  reference uuid references report (id),
  settled_at timestamptz
);
create index chat_report_device on chat_report (device_id, received_at);
create index chat_report_waiting on chat_report (received_at) where state = 'received';
create index chat_report_reference on chat_report (reference) where reference is not null;

-- What the reporter is told, in its order. `source` names what a step rests on, so that none is told twice.
create table chat_report_step (
  report_id uuid not null references chat_report (id),
  position bigint generated always as identity,
  at timestamptz not null,
  what text not null,
  source text not null,
  primary key (report_id, source)
);

-- Blobs that a report needs: they stay while it does.
create table chat_hold (
  report_id uuid not null references chat_report (id),
  blob_id text not null references chat_blob (id),
  primary key (report_id, blob_id)
);
create index chat_hold_blob on chat_hold (blob_id);

-- Where devices were when they spoke to the hub.
create table chat_connection (
  device_id bytea not null references chat_device (id),
  ip inet not null,
  port integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (device_id, ip, port)
);
create index chat_connection_last on chat_connection (last_at);
