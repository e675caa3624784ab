-- Erasing a report that nobody must keep any more: one person decided that it may go, another confirmed, and a certificate stays.

create table erasure (
  -- What its certificate is called.
  number bigint primary key generated always as identity,
  report_id uuid not null references report (id),
  -- The decision that it may go, which still stood when another person confirmed it, and why they did.
  decision uuid not null references keeping_decision (id),
  reason text not null,
  confirmed_by uuid not null references person (id),
  confirmed_at timestamptz not null,
  -- confirmed: it is intended, and news stops it. erasing: there is no way back; the rows are gone and the report is closed to everybody,
  -- its objects are being destroyed. erased: nothing is left, the certificate is signed. stopped: something had happened meanwhile.
  stage text not null check (stage in ('confirmed', 'erasing', 'erased', 'stopped')),
  stopped_why text,
  began_at timestamptz,
  erased_at timestamptz,
  -- What the certificate says that only the beginning knows: digests and counts of what went.
  gone jsonb,
  -- The receipt that its sender was given: whoever hands the same in again is answered with the same.
  receipt jsonb,
  -- The signed certificate, and the leaf that commits to it.
  certificate jsonb,
  leaf uuid references leaf (id),
  check ((stage in ('erasing', 'erased')) = (began_at is not null)),
  check ((stage = 'erased') = (erased_at is not null and certificate is not null and leaf is not null)),
  check ((stage = 'stopped') = (stopped_why is not null))
);
create unique index erasure_report on erasure (report_id) where stage <> 'stopped';
create index erasure_open on erasure (confirmed_at, number) where stage in ('confirmed', 'erasing');

-- Objects of the vault that go with it, by name until each is destroyed.
create table erasure_object (
  erasure bigint not null references erasure (number),
  object_name text not null,
  shredded_at timestamptz,
  primary key (erasure, object_name)
);
create index erasure_object_name on erasure_object (object_name);

-- Set when there is no way back: the row is a skeleton from then on.
alter table report add column erased_by bigint references erasure (number);

-- Of an erased event what it said and the salt of its commitment are gone; the commitment stays, and the tree verifies.
alter table leaf alter column salt drop not null;
alter table leaf add column erased_by bigint references erasure (number);
alter table leaf add constraint leaf_salt_erased check ((salt is null) = (erased_by is not null));

-- What a second person must look at, and what stands still on its way, are tasks without a peer.
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check check (
  kind in ('refer', 'return-outcome', 'ask-peer', 'keep', 'sender-format', 'fetch-hashes', 'send-feedback', 'erase')
);
alter table task drop constraint task_what_check;
alter table task add constraint task_what_check check (
  what in ('stands-still', 'refused', 'incomplete', 'keeping-ends', 'format-burst', 'erasing-waits', 'erasing-stands-still')
);
alter table task drop constraint task_peer_check;
alter table task add constraint task_peer_check check (
  (kind in ('keep', 'sender-format', 'fetch-hashes', 'send-feedback', 'erase')) = (peer_id is null)
);
