-- A child's safeguarding, apart from anything that happens to a suspect, and the paging of a person for the immediate tier.

-- Who goes first: help for a child, or an investigation. Null until it has been assessed; no tier depends on it.
alter table report add column lane text check (lane in ('standard', 'safeguarding-first'));
create index report_queue_safeguarding on report (coalesce(queue_key, ''), id)
  where status = 'new' and lane = 'safeguarding-first';

-- What a report means for a child, as the rules said last, and how far people have got with it.
create table safeguarding (
  report_id uuid primary key references report (id),
  called boolean not null,
  urgency text not null check (urgency in ('at-once', 'harm', 'help')),
  -- By when an authority must have been told. It only ever moves forward.
  due_at timestamptz not null,
  -- What @fairlead/assessment's safeguardingOf gave, and the keys of its reasons.
  result jsonb not null,
  seen jsonb not null,
  -- The least advanced of the report's referrals that stand; without any, whether a person should decide.
  state text not null check (state in ('not-called', 'undecided', 'declined', 'decided', 'told', 'acknowledged')),
  -- A person's decision that no referral is needed, with the reasons that they had before them: a new one ends it.
  declined_by uuid references person (id),
  declined_at timestamptz,
  declined_reason text,
  declined_seen jsonb
);
create index safeguarding_open on safeguarding (due_at, report_id) where state in ('undecided', 'decided');
create index safeguarding_told on safeguarding (due_at, report_id) where state = 'told';

-- A referral to a safeguarding authority: told by a person, out of band. It never waits for the referral to a peer.
create table safeguarding_referral (
  id uuid primary key,
  report_id uuid not null references report (id),
  -- The authority as the configuration had it on the day of the decision.
  authority text not null,
  authority_name text not null,
  contact jsonb not null,
  urgency text not null check (urgency in ('at-once', 'harm', 'help')),
  due_at timestamptz not null,
  reason text not null,
  decided_by uuid not null references person (id),
  decided_at timestamptz not null,
  state text not null check (state in ('decided', 'told', 'acknowledged', 'withdrawn')),
  told_by uuid references person (id),
  told_at timestamptz,
  told_how text check (told_how in ('telephone', 'portal', 'in-person', 'other')),
  -- Who took it there, and what they call it.
  taken_by text,
  reference text,
  acknowledged_by uuid references person (id),
  acknowledged_at timestamptz,
  -- Who at the authority said so, and what they will do.
  answered_by text,
  answer text,
  withdrawn_by uuid references person (id),
  withdrawn_at timestamptz,
  withdrawn_reason text
);
create unique index safeguarding_referral_standing on safeguarding_referral (report_id, authority)
  where state <> 'withdrawn';

-- A call to a person, now: a report became immediate, or something new made it so.
create table page (
  id uuid primary key,
  report_id uuid not null references report (id),
  raised_at timestamptz not null,
  -- What fired, word for word, with the field; and the keys of the triggers that no earlier page was about.
  triggers jsonb not null,
  fresh text[] not null,
  acknowledged_by uuid references person (id),
  acknowledged_at timestamptz,
  -- Who has it now; the first is whoever acknowledged it.
  owner uuid references person (id),
  owned_since timestamptz,
  check ((acknowledged_at is null) = (owner is null))
);
create index page_unanswered on page (raised_at, id) where acknowledged_at is null;
create index page_answered on page (raised_at, id) where acknowledged_at is not null;
create index page_report on page (report_id, raised_at);

-- A page handed on: to whom it escalated, and how far the outward channel got, if there is one.
create table page_call (
  page_id uuid not null references page (id),
  audience text not null check (audience in ('caseworkers', 'leads', 'everybody')),
  due_at timestamptz not null,
  -- `none`: no outward channel was configured. `ended`: somebody acknowledged the page first.
  state text not null check (state in ('none', 'intended', 'told', 'ended')),
  attempts integer not null default 0,
  -- Set before an attempt begins, past its longest time: of two workers, and after a crash, one tries again then.
  next_attempt_at timestamptz not null,
  last_error text,
  told_at timestamptz,
  primary key (page_id, audience)
);
create index page_call_open on page_call (next_attempt_at) where state = 'intended';
