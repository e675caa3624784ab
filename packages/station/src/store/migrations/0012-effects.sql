-- One state machine for everything that leaves the station (`effects/machine`), and a task that a named person owns for what
-- does not go through.

-- A referral's stage; `state` says of it what the chain shows.
alter table referral add column stage text not null default 'intended' check (
  stage in ('intended', 'sent', 'named', 'finishing', 'confirmed', 'refused', 'elsewhere', 'lapsed')
);
update referral set stage = case state when 'delivered' then 'confirmed' when 'sending' then 'sent' when 'failed' then 'refused' else 'intended' end;
alter table referral drop column state;
alter table referral add column state text not null generated always as (
  case when stage = 'intended' then 'intended' when stage in ('sent', 'named', 'finishing') then 'sending'
    when stage = 'confirmed' then 'delivered' else 'failed' end
) stored;
alter table referral add column open boolean not null generated always as (stage not in ('confirmed', 'elsewhere', 'lapsed')) stored;
-- The furthest that it ever was, and since when.
alter table referral add column reached bigint not null default 0;
alter table referral add column moved_at timestamptz;
update referral set moved_at = coalesce(delivered_at, decided_at), reached = case stage when 'confirmed' then 4000000 else 0 end;
alter table referral alter column moved_at set not null;
alter table referral add column trouble text check (
  trouble in ('unreachable', 'answer-invalid', 'not-known', 'blocked', 'refused', 'fault')
);
update referral set trouble = 'unreachable' where open and last_error is not null;
-- Claims up to this time go with it; later than the decision only where a person corrected what was refused.
alter table referral add column as_of timestamptz;
update referral set as_of = decided_at;
alter table referral alter column as_of set not null;
create index referral_open on referral (peer_id, moved_at, id) where open;

alter table outcome_return add column id uuid not null default gen_random_uuid();
alter table outcome_return add constraint outcome_return_id unique (id);
alter table outcome_return add column stage text not null default 'intended' check (
  stage in ('intended', 'sent', 'named', 'finishing', 'confirmed', 'refused', 'elsewhere', 'lapsed')
);
update outcome_return set stage = case state when 'delivered' then 'confirmed' when 'failed' then 'refused' else 'intended' end;
alter table outcome_return drop column state;
alter table outcome_return add column state text not null generated always as (
  case when stage in ('intended', 'sent', 'named', 'finishing') then 'intended' when stage = 'confirmed' then 'delivered' else 'failed' end
) stored;
alter table outcome_return add column open boolean not null generated always as (stage not in ('confirmed', 'elsewhere', 'lapsed')) stored;
alter table outcome_return add column reached bigint not null default 0;
alter table outcome_return add column moved_at timestamptz;
update outcome_return set moved_at = coalesce(delivered_at, outcome.recorded_at), reached = case stage when 'confirmed' then 4000000 else 0 end
  from outcome where outcome.report_id = outcome_return.report_id and outcome.id = outcome_return.outcome_id;
alter table outcome_return alter column moved_at set not null;
alter table outcome_return add column trouble text check (
  trouble in ('unreachable', 'answer-invalid', 'not-known', 'blocked', 'refused', 'fault')
);
update outcome_return set trouble = 'unreachable' where open and last_error is not null;
alter table outcome_return alter column next_attempt_at drop not null;
create index outcome_return_due on outcome_return (peer_id, next_attempt_at) where open;
create index outcome_return_open on outcome_return (peer_id, moved_at, id) where open;

alter table deconfliction_query add column stage text not null default 'intended' check (
  stage in ('intended', 'sent', 'named', 'finishing', 'confirmed', 'refused', 'elsewhere', 'lapsed')
);
update deconfliction_query set stage = case state when 'answered' then 'confirmed' when 'lapsed' then 'lapsed' else 'sent' end;
alter table deconfliction_query drop column state;
alter table deconfliction_query add column state text not null generated always as (
  case when stage = 'confirmed' then 'answered' when stage in ('elsewhere', 'lapsed') then 'lapsed' else 'asking' end
) stored;
alter table deconfliction_query add column open boolean not null generated always as (stage not in ('confirmed', 'elsewhere', 'lapsed')) stored;
alter table deconfliction_query add column reached bigint not null default 0;
alter table deconfliction_query add column moved_at timestamptz;
update deconfliction_query set moved_at = coalesce(answered_at, (record ->> 'askedAt')::timestamptz),
  reached = case stage when 'confirmed' then 4000000 else 0 end;
alter table deconfliction_query alter column moved_at set not null;
alter table deconfliction_query add column trouble text check (
  trouble in ('unreachable', 'answer-invalid', 'not-known', 'blocked', 'refused', 'fault')
);
update deconfliction_query set trouble = 'unreachable' where open and last_error is not null;
alter table deconfliction_query alter column next_attempt_at drop not null;
-- One at a time for each peer: while it waits, what comes gathers for the next.
create unique index deconfliction_query_asking on deconfliction_query (peer_id) where open;

-- Everything on its way out, in one shape. `person` decided it, where a person did.
create view effect as
  select 'refer' as kind, referral.id, referral.peer_id, referral.report_id, referral.stage, referral.open, referral.moved_at,
    referral.attempts, referral.next_attempt_at, referral.trouble, referral.last_error, referral.decided_at as intended_at,
    referral.decided_by as person
  from referral
  union all
  select 'return-outcome', back.id, back.peer_id, back.report_id, back.stage, back.open, back.moved_at, back.attempts,
    back.next_attempt_at, back.trouble, back.last_error, outcome.recorded_at, outcome.recorded_by
  from outcome_return back join outcome on outcome.report_id = back.report_id and outcome.id = back.outcome_id
  union all
  select 'ask-peer', query.id, query.peer_id, (query.record -> 'matters' ->> 0)::uuid, query.stage, query.open, query.moved_at,
    query.attempts, query.next_attempt_at, query.trouble, query.last_error, (query.record ->> 'askedAt')::timestamptz,
    case when query.record #>> '{owner,id}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (query.record #>> '{owner,id}')::uuid end
  from deconfliction_query query;

-- Something on its way out that a person must see to. Many that wait for one peer are one task. Times of what it is about are the effects'.
create table task (
  id uuid primary key,
  -- What makes it one: `<kind>:<peer>`, `effect:<id>` for what was refused, `incomplete:<id>` for what arrived and is not whole.
  cause text not null,
  kind text not null check (kind in ('refer', 'return-outcome', 'ask-peer')),
  what text not null check (what in ('stands-still', 'refused', 'incomplete')),
  peer_id text not null references peer (id),
  -- Of what had waited longest when it was opened.
  report_id uuid not null references report (id),
  opened_at timestamptz not null,
  -- How often it has sounded: after 15 min, 4 h and 24 h, each time in a wider circle.
  alarm smallint not null check (alarm between 1 and 3),
  -- Null only where the station had nobody to give it to.
  owner uuid references person (id),
  owned_since timestamptz,
  closed_at timestamptz,
  closed_by uuid references person (id),
  closed_how text check (closed_how in ('through', 'elsewhere', 'seen-to')),
  closed_reason text,
  check ((closed_at is null) = (closed_how is null)),
  check ((closed_how = 'through') = (closed_by is null) or closed_how is null)
);
create unique index task_cause on task (cause) where closed_at is null;
create index task_open on task (opened_at, id) where closed_at is null;
create index task_closed on task (closed_at, id) where closed_at is not null;

-- A page is about a report that is immediate, or about a task. It ends when what it is about does, or a wider circle is called.
alter table page add column task_id uuid references task (id);
alter table page add column audience text not null default 'caseworkers' check (audience in ('caseworkers', 'owner', 'leads', 'everybody'));
alter table page add column ended_at timestamptz;
drop index page_unanswered;
create index page_unanswered on page (raised_at, id) where acknowledged_at is null and ended_at is null;
create index page_task on page (task_id) where task_id is not null;
alter table page_call drop constraint page_call_audience_check;
alter table page_call add constraint page_call_audience_check check (audience in ('caseworkers', 'owner', 'leads', 'everybody'));
