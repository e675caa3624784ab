-- What a hub knows of how accounts turn to young people they do not know, and what it does about it. Who, what and when: no column here
-- could hold what somebody said.

-- What an account did to a young one, or had done to it; see assessment's AccountEvent. Kept while a rule looks back so far.
create table signal_event (
  id bigint primary key generated always as identity,
  account text not null references chat_account (handle),
  kind text not null check (kind in ('asked', 'accepted', 'refused', 'blocked', 'unblocked', 'reported')),
  other text not null references chat_account (handle),
  -- The other's, at that time, by the year that they gave.
  band text not null check (band in ('under-13', '13-15', '16-17')),
  -- Whether the two had a contact or a conversation in common when the one asked.
  common boolean,
  at timestamptz not null,
  -- The report of the chats that it was in.
  chat_report_id uuid references chat_report (id),
  -- It may come of what this station did itself: a request that nobody was shown, a block after a notice. No rule counts it.
  induced boolean not null default false,
  check ((kind = 'asked') = (common is not null)),
  check ((kind = 'reported') = (chat_report_id is not null)),
  check (account <> other)
);
create index signal_event_account on signal_event (account, at);
create index signal_event_at on signal_event (at);
create unique index signal_event_report on signal_event (chat_report_id, account) where chat_report_id is not null;

-- What stands for an account. It ends by itself at ends_at.
create table safety_action (
  id uuid primary key,
  account text not null references chat_account (handle),
  -- There is no action that reports anybody (law 2).
  action text not null check (action in ('friction', 'notice', 'review', 'hide')),
  level text not null default 'L1' check (level = 'L1'),
  rules_version text not null,
  -- What the rules counted when it began, or was last made longer.
  signals jsonb not null,
  -- The newest event that they counted: only a newer one makes it longer.
  signal_at timestamptz not null,
  began_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_why text check (ended_why in ('time', 'lifted', 'decided')),
  check (ends_at > began_at),
  check ((ended_at is null) = (ended_why is null))
);
-- A job that is done twice finds what it did before.
create unique index safety_action_open on safety_action (account, action) where ended_at is null;
create index safety_action_account on safety_action (account, began_at);
create index safety_action_due on safety_action (ends_at) where ended_at is null;
create index safety_action_ended on safety_action (ended_at) where ended_at is not null;

-- A young person who was asked by an account is told calmly what they can do.
create table safety_notice (
  account text not null references chat_account (handle),
  told text not null references chat_account (handle),
  at timestamptz not null,
  -- They said that it is fine.
  fine_at timestamptz,
  primary key (account, told)
);
create index safety_notice_told on safety_notice (told);
create index safety_notice_at on safety_notice (at);

-- An account's owner asks for a person to look.
create table safety_appeal (
  id uuid primary key,
  account text not null references chat_account (handle),
  made_at timestamptz not null,
  -- What the owner wrote to the platform.
  words text not null check (length(words) <= 1000),
  decided_at timestamptz,
  lifted boolean,
  check ((decided_at is null) = (lifted is null))
);
create unique index safety_appeal_open on safety_appeal (account) where decided_at is null;
create index safety_appeal_account on safety_appeal (account, made_at);
create index safety_appeal_at on safety_appeal (made_at);

-- What a person decided. After a lift, nothing from before it counts.
create table safety_decision (
  id uuid primary key,
  account text not null references chat_account (handle),
  decided_at timestamptz not null,
  decided_by uuid not null references person (id),
  decision text not null check (decision in ('keep', 'lift', 'longer')),
  reason text not null check (length(reason) between 1 and 1000),
  appeal_id uuid references safety_appeal (id),
  -- The rules that the person saw: the same ones open no other item for a while.
  rules text[] not null,
  hidden_until timestamptz,
  check ((decision = 'longer') = (hidden_until is not null))
);
create index safety_decision_account on safety_decision (account, decided_at);
create index safety_decision_at on safety_decision (decided_at);
