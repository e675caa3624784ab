-- Banks of hashes: what named sources say is known material, with everything that they ever said of it.

-- Settings are this station's own; entries are the source's.
create table bank (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  -- Whose claims its entries are.
  source text not null,
  -- What this station takes them for.
  trust text not null check (trust in ('vetted-graded', 'vetted', 'unvetted')),
  enabled boolean not null,
  -- Which parts match: entries with at least one of these. Null: all.
  categories text[],
  tags text[],
  members text[],
  -- The most bits in which a perceptual hash may differ, and the least quality that it must have where that is known.
  threshold smallint not null check (threshold between 0 and 31),
  quality smallint not null check (quality between 0 and 100),
  -- How its perceptual hashes were made where an entry does not say.
  semantics text not null check (semantics in ('pdq/full', 'pdq/nn512', 'unlabelled')),
  made_at timestamptz not null
);

-- The number of the last change. Whoever writes locks it first, so that numbers are committed in their order and a follower misses none.
create table bank_head (
  one boolean primary key default true check (one),
  seq bigint not null
);
insert into bank_head (seq) values (0);

create table bank_entry (
  id uuid primary key,
  bank_id text not null references bank (id),
  -- The source's own name for it.
  key text not null check (length(key) between 1 and 255),
  -- The source's latest word, whole, and its SHA-256: the same again changes nothing.
  said jsonb not null,
  digest bytea not null check (length(digest) = 32),
  -- The source has taken it back. A tombstone stays, so that the same may come again.
  gone boolean not null,
  revision integer not null,
  changed_at timestamptz not null,
  unique (bank_id, key)
);
-- What a bank is shared by, a window of time at a time, in the order of the second column.
create index bank_entry_changed on bank_entry (bank_id, changed_at, id);

-- Each hash of each entry, which the matcher knows by this number.
create table bank_signal (
  id bigint primary key generated always as identity,
  entry_id uuid not null references bank_entry (id),
  kind text not null check (kind in ('md5', 'sha1', 'sha256', 'pdq')),
  value bytea not null check (length(value) = case kind when 'md5' then 16 when 'sha1' then 20 else 32 end),
  semantics text check (semantics in ('pdq/full', 'pdq/nn512', 'unlabelled')),
  quality smallint check (quality between 0 and 100),
  -- Where the entry does not have it any more. Numbers are never used again.
  gone boolean not null default false,
  check (kind = 'pdq' or (semantics is null and quality is null))
);
create index bank_signal_entry on bank_signal (entry_id);
create index bank_signal_value on bank_signal (kind, value) where not gone;

-- Everything that ever changed, in order: an entry's history, and what matchers follow. Never altered.
create table bank_change (
  seq bigint primary key,
  bank_id text not null references bank (id),
  -- Null: the bank's settings.
  entry_id uuid references bank_entry (id),
  what text not null check (what in ('added', 'changed', 'removed', 'restored', 'bank-made', 'bank-changed')),
  revision integer,
  -- What the source said, or the settings, from then on.
  said jsonb not null,
  at timestamptz not null,
  -- `exchange:<bank>`, `person:<id>`, `sender:<username>` or `operator`.
  by text not null,
  check ((entry_id is null) = (what in ('bank-made', 'bank-changed')) and (entry_id is null) = (revision is null))
);
create index bank_change_entry on bank_change (entry_id, seq) where entry_id is not null;
create index bank_change_bank on bank_change (bank_id, seq) where entry_id is null;

-- Where the fetching of a bank from its source stands. The checkpoint moves in the transaction that stores what came with it.
create table bank_exchange (
  bank_id text primary key references bank (id),
  kind text not null check (kind in ('ncmec', 'stopncii', 'directory')),
  checkpoint jsonb,
  -- Counts the pages that were stored: whoever stores one names the count that it started from.
  turn bigint not null default 0,
  received bigint not null default 0,
  next_at timestamptz,
  -- When it had last got everything that the source then had.
  caught_up_at timestamptz,
  last_page_at timestamptz,
  -- Since it began to fail.
  failing_since timestamptz,
  attempts integer not null default 0,
  trouble text check (trouble in ('unreachable', 'answer-invalid', 'blocked', 'fault')),
  last_error text,
  check ((failing_since is null) = (trouble is null))
);

-- What a person says about an entry to whoever shared it: on its way out as everything else that leaves.
create table bank_feedback (
  id uuid primary key,
  -- The bank from whose source the entry is; called as in every table of effects.
  peer_id text not null references bank (id),
  entry_id uuid not null references bank_entry (id),
  signal_id bigint not null references bank_signal (id),
  opinion text not null check (opinion in ('affirmative', 'negative')),
  -- The source's own names of reasons.
  reasons text[] not null,
  note text not null,
  decided_by uuid not null references person (id),
  decided_at timestamptz not null,
  delivered_at timestamptz,
  stage text not null default 'intended' check (
    stage in ('intended', 'sent', 'named', 'finishing', 'confirmed', 'refused', 'elsewhere', 'lapsed')
  ),
  open boolean not null generated always as (stage not in ('confirmed', 'elsewhere', 'lapsed')) stored,
  reached bigint not null default 0,
  moved_at timestamptz not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  trouble text check (trouble in ('unreachable', 'answer-invalid', 'not-known', 'blocked', 'refused', 'fault')),
  last_error text,
  check (opinion = 'negative' or reasons = '{}')
);
create index bank_feedback_entry on bank_feedback (entry_id, decided_at);
create index bank_feedback_open on bank_feedback (peer_id, moved_at, id) where open;

-- What those that a bank is shared with say about its entries: the latest word of each about each kind of hash.
create table bank_opinion (
  entry_id uuid not null references bank_entry (id),
  kind text not null check (kind in ('md5', 'sha1', 'sha256', 'pdq')),
  username text not null,
  opinion text not null check (opinion in ('affirmative', 'negative')),
  reasons text[] not null,
  at timestamptz not null,
  primary key (entry_id, kind, username)
);

-- A task may be about a bank: its source does not answer, or does not take what is said back.
alter table task add column bank_id text references bank (id);
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check check (
  kind in ('refer', 'return-outcome', 'ask-peer', 'keep', 'sender-format', 'fetch-hashes', 'send-feedback')
);
alter table task drop constraint task_peer_check;
alter table task add constraint task_peer_check check (
  (kind in ('keep', 'sender-format', 'fetch-hashes', 'send-feedback')) = (peer_id is null)
);
alter table task add constraint task_bank_check check ((kind in ('fetch-hashes', 'send-feedback')) = (bank_id is not null));
