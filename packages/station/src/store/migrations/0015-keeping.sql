-- How long each report is kept: what started a law's clock, who holds it, what a person decided at its end, and what ends next.

-- Something done with a report that starts a law's clock. Written once and never changed, so that no clock moves afterwards.
create table keeping_event (
  referral_id uuid not null references referral (id),
  started text not null check (started in ('filed', 'sent', 'issued')),
  report_id uuid not null references report (id),
  at timestamptz not null,
  primary key (referral_id, started)
);
create index keeping_event_report on keeping_event (report_id);
insert into keeping_event (referral_id, started, report_id, at)
  select referral.id, 'filed', referral.report_id, referral.delivered_at
  from referral join peer on peer.id = referral.peer_id
  where peer.wire = 'cybertipline' and referral.delivered_at is not null
  union all
  select referral_id, 'sent', report_id, coalesce(sending_since, issued_at) from uk_filing where issued_at is not null
  union all
  select referral_id, 'issued', report_id, issued_at from uk_filing where issued_at is not null;

-- Somebody with the right to it asks that a report be kept.
create table hold (
  id uuid primary key,
  report_id uuid not null references report (id),
  kind text not null check (kind in ('legal-hold', 'preservation-request')),
  -- Who asked and under which reference, as the person who placed it says.
  authority text not null,
  reference text,
  placed_by uuid not null references person (id),
  -- Where its steps have brought it. Without `until` it stands until somebody releases it.
  until timestamptz,
  released_at timestamptz,
  due_at timestamptz not null generated always as (coalesce(until, timestamptz '9999-12-31 23:59:59+00')) stored
);
create index hold_report on hold (report_id);
create index hold_due on hold (due_at, id) where released_at is null;

-- Each step of a hold, added and never altered.
create table hold_step (
  hold_id uuid not null references hold (id),
  position integer not null,
  moved text not null check (moved in ('placed', 'extended', 'released')),
  at timestamptz not null,
  by uuid not null references person (id),
  reason text not null,
  -- The last day as the person said it, with the zone whose midnight ends it.
  last_day date,
  zone text,
  until timestamptz,
  primary key (hold_id, position),
  check ((last_day is null) = (zone is null) and (last_day is null) = (until is null))
);

-- What a person decided about a report whose keeping ends: to keep it longer, or that it may go. Nothing is erased by it.
create table keeping_decision (
  id uuid primary key,
  report_id uuid not null references report (id),
  position bigint not null generated always as identity,
  kind text not null check (kind in ('longer', 'let-go')),
  reason text not null,
  last_day date,
  zone text,
  until timestamptz,
  decided_by uuid not null references person (id),
  decided_at timestamptz not null,
  check ((kind = 'longer') = (until is not null) and (until is null) = (last_day is null) and (until is null) = (zone is null))
);
create index keeping_decision_report on keeping_decision (report_id, position);

-- When the keeping of a report ends, as it was counted last from the rows above.
create table keeping (
  report_id uuid primary key references report (id),
  -- False: something has happened since, and it is to be counted anew.
  counted boolean not null,
  -- Null: nothing is known to end; `endless` says whether that is because a hold has no end.
  content_until timestamptz,
  endless boolean not null default false,
  -- What keeps it longest: a law's id, `hold` or `decision`.
  content_by text,
  reference_until timestamptz,
  -- The decision that it may go, as long as nothing has happened since.
  let_go uuid references keeping_decision (id)
);
create index keeping_uncounted on keeping (report_id) where not counted;
create index keeping_ends on keeping (content_until, report_id) where content_until is not null and let_go is null;
create index keeping_let_go on keeping (content_until, report_id) where let_go is not null;
insert into keeping (report_id, counted) select distinct report_id, false from keeping_event;

-- What ends in one week is one task, that has no peer: `keep:<Monday>`.
alter table task alter column peer_id drop not null;
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check check (kind in ('refer', 'return-outcome', 'ask-peer', 'keep'));
alter table task drop constraint task_what_check;
alter table task add constraint task_what_check check (what in ('stands-still', 'refused', 'incomplete', 'keeping-ends'));
alter table task add constraint task_peer_check check ((kind = 'keep') = (peer_id is null));
