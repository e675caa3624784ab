-- Media that a platform's systems post to be matched with the banks, and what people decide about them.

-- What a match with a bank does. A bank without a row here: a person looks at every match with it.
create table media_policy (
  bank_id text primary key,
  -- An exact match: only a graded entry of a bank that is taken for vetted and graded may be reported without anybody's eyes.
  exact text not null check (exact in ('nothing', 'review', 'report')),
  -- A picture that looks alike is an inference: a person looks, or nothing happens.
  perceptual text not null check (perceptual in ('nothing', 'review')),
  decided_by uuid not null references person (id),
  decided_at timestamptz not null
);

-- A distinct file that matched, by its SHA-256, and what was decided about it: once, for all who post it.
create table media_file (
  sha256 bytea primary key check (length(sha256) = 32),
  size bigint not null,
  sha1 bytea not null check (length(sha1) = 20),
  md5 bytea not null check (length(md5) = 16),
  -- By its first bytes; null where they are of nothing that is decoded here.
  format text,
  -- Of the picture as it is, by the reference's way from all its pixels.
  pdq bit(256),
  pdq_quality smallint,
  pdq_exact boolean,
  first_at timestamptz not null,
  state text not null check (state in ('waiting', 'report', 'leave')),
  -- Whose turn it is to look, until when.
  leased_by uuid references person (id),
  leased_until timestamptz,
  -- Who has seen it. Nobody else gets it then, until a lead hands it on.
  shown_to uuid references person (id),
  shown_at timestamptz,
  -- Null while it waits. Without a person the bank's policy has decided.
  decided_at timestamptz,
  decided_by uuid references person (id),
  -- The file that was looked at where that is a near copy of this one.
  decided_like bytea references media_file (sha256),
  -- All of it was shown to whoever decided, by what the viewer recorded.
  viewed_in_full boolean not null default false,
  grade text check (grade in ('A1', 'A2', 'B1', 'B2')),
  note text,
  check ((leased_by is null) = (leased_until is null) and (shown_to is null) = (shown_at is null)),
  check ((state = 'waiting') = (decided_at is null) and (decided_at is not null or decided_by is null)),
  check (decided_by is not null or (not viewed_in_full and grade is null and decided_like is null)),
  check (decided_like is null or not viewed_in_full)
);
-- The queue: who waits longest is next.
create index media_file_waiting on media_file (first_at, sha256) where state = 'waiting';
create index media_file_leased on media_file (leased_by) where leased_by is not null;

-- What banks said of a file when it was posted: claims by their sources.
create table media_match (
  sha256 bytea not null references media_file (sha256),
  bank_id text not null,
  entry_key text not null,
  -- What is shown and reported of it; see media/matches.ts.
  found jsonb not null,
  action text not null check (action in ('nothing', 'review', 'report')),
  found_at timestamptz not null,
  primary key (sha256, bank_id, entry_key)
);

-- Posts of one matter: one report is made of them. What comes after that report begins another.
create table media_incident (
  id uuid primary key,
  account text not null references sender_account (username),
  -- The platform's own name of the matter, or the account that posted.
  key text not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  -- Null where nothing of it was to be reported.
  report_id uuid references report (id),
  check (report_id is null or ended_at is not null)
);
create unique index media_incident_open on media_incident (account, key) where ended_at is null;
create index media_incident_key on media_incident (account, key, opened_at);
create index media_incident_report on media_incident (report_id) where report_id is not null;

-- Every post, by the platform's own number for it: sent again, it is answered as before. Of one that matched nothing the answer
-- is all that stays.
create table media_post (
  id uuid primary key,
  account text not null references sender_account (username),
  reference text not null,
  -- SHA-256 of what was posted with its context, to tell the same again from something else.
  digest bytea not null check (length(digest) = 32),
  answer jsonb not null,
  at timestamptz not null,
  sha256 bytea references media_file (sha256),
  context jsonb,
  -- Until a report has it as evidence, or a person has left it.
  object_name text references vault_object (name),
  incident_id uuid references media_incident (id),
  unique (account, reference),
  check ((sha256 is null) = (context is null) and (sha256 is null) = (incident_id is null))
);
create index media_post_file on media_post (sha256) where sha256 is not null;
create index media_post_incident on media_post (incident_id) where incident_id is not null;
create index media_post_unmatched on media_post (at) where sha256 is null;

-- Leave for one person to look at one file, and what the viewer recorded of it.
create table media_look (
  id uuid primary key,
  sha256 bytea not null references media_file (sha256),
  person_id uuid not null references person (id),
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  -- When its bytes left the station.
  opened_at timestamptz,
  last_seen_at timestamptz,
  -- How long it was to be seen without its veil.
  seen_ms bigint not null default 0,
  -- How long all of it was.
  whole_ms bigint not null default 0
);
create index media_look_person on media_look (person_id, granted_at);
create index media_look_file on media_look (sha256, person_id);
