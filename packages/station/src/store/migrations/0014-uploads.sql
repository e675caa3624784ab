-- Files that arrive in pieces over a line that breaks (tus 1.0), before a report names them.

create table upload (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  account text not null references sender_account (username),
  length bigint not null check (length >= 0),
  -- Upload-Metadata as its sender wrote it: it is given back and not read.
  metadata text,
  -- Every byte before this one is in a part that is on disk.
  received bigint not null check (received between 0 and length),
  created_at timestamptz not null,
  -- Moves on with every part; what has ended is forgotten then.
  expires_at timestamptz not null,
  ended text check (ended in ('used', 'terminated', 'expired')),
  -- The whole file, once its parts were joined; its object is a report's own when the upload was used.
  object_name text references vault_object (name),
  sha256 bytea,
  sha1 bytea,
  md5 bytea
);
create index upload_account on upload (account) where ended is null;
create index upload_expires on upload (expires_at);

-- One age file each: no part is ever written on, so no key seals two texts in one place.
create table upload_part (
  upload_id text not null references upload (id),
  start bigint not null,
  size bigint not null check (size > 0),
  object_name text not null references vault_object (name),
  primary key (upload_id, start)
);
