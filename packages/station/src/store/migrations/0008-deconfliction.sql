-- Does another station work on the same person? What was noted, asked, answered, and what came of it.

-- What this station may be asked about and asks itself, under the key that it shares with one peer for one year (UTC). Gone with
-- the key. The interest is one of our own report's; it never leaves the station.
create table deconfliction_token (
  peer_id text not null references peer (id),
  year integer not null,
  token text collate "C" not null check (token ~ '^[0-9a-f]{64}$'),
  interest jsonb not null,
  -- The first report that has it, and who answers for the question: `{id, role}`.
  report_id uuid not null references report (id),
  owner jsonb not null,
  noted_at timestamptz not null,
  -- The query that asked for it; null: not asked yet.
  query uuid,
  primary key (peer_id, year, token)
);
create index deconfliction_token_unasked on deconfliction_token (peer_id, year, noted_at) where query is null;
create index deconfliction_token_query on deconfliction_token (query) where query is not null;

-- All reports that have it.
create table deconfliction_holder (
  peer_id text not null,
  year integer not null,
  token text collate "C" not null,
  report_id uuid not null references report (id),
  primary key (peer_id, year, token, report_id),
  foreign key (peer_id, year, token) references deconfliction_token on delete cascade
);
create index deconfliction_holder_report on deconfliction_holder (report_id);

-- What we asked: written before it is sent. No answer is not "no hit".
create table deconfliction_query (
  id uuid primary key,
  peer_id text not null references peer (id),
  year integer not null,
  -- `QueryRecord` and `Query` of @fairlead/assessment/deconfliction.
  record jsonb not null,
  query jsonb not null,
  state text not null check (state in ('asking', 'answered', 'lapsed')),
  attempts integer not null default 0,
  last_error text,
  next_attempt_at timestamptz not null,
  deadline timestamptz not null,
  answered_at timestamptz,
  -- As the peer signed it.
  answer jsonb
);
-- One at a time for each peer: while it waits, what comes gathers for the next.
create unique index deconfliction_query_asking on deconfliction_query (peer_id) where state = 'asking';

-- What we answered, so that a question that comes again gets the same answer and costs nothing.
create table deconfliction_answer (
  peer_id text not null references peer (id),
  query uuid not null,
  query_sha256 bytea not null,
  question jsonb not null,
  answer jsonb not null,
  answered_at timestamptz not null,
  primary key (peer_id, query)
);

-- How many more queries each peer has answered.
create table deconfliction_allowance (
  peer_id text primary key references peer (id),
  remaining double precision not null,
  at bigint not null
);

-- Two stations have an interest in one person: `Conflict`, whole; the columns repeat what is looked for.
create table conflict (
  id uuid primary key,
  report_id uuid not null references report (id),
  peer_id text not null references peer (id),
  year integer not null,
  token text collate "C" not null,
  query uuid not null,
  side text not null check (side in ('asked', 'was-asked')),
  content jsonb not null,
  opened_at timestamptz not null,
  released_at timestamptz,
  unique (peer_id, query, token, side)
);
create index conflict_report on conflict (report_id);
create index conflict_token on conflict (peer_id, year, token);
create index conflict_open on conflict (opened_at) where released_at is null;

-- Hours that a sender's clock showed, by day of receipt, in whole numbers that are only added. Several rows a day (`slot`), so that
-- reports that are worked up at once do not wait for each other.
create table sender_hours (
  account text not null,
  sender text not null,
  day date not null,
  slot smallint not null,
  within_twelve integer not null,
  beyond_twelve integer not null,
  primary key (account, sender, day, slot)
);
