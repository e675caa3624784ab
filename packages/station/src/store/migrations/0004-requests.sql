-- Questions to whoever could raise a report's level, what came back, and when time alone changes an assessment.

create table request (
  id uuid primary key,
  report_id uuid not null references report (id),
  -- What is asked of whom, in which words: a RequestRecord without its steps. Its words stay as they are once it is sent.
  record jsonb not null,
  -- What it was drafted from: what is asked for, by which laws, until when, and what a good answer would give.
  proposal jsonb not null,
  -- Why it is necessary and proportionate, in a person's own words.
  necessity text,
  -- Where its last step has brought it. What the clock alone makes of it (lapsed, overdue) follows from the two times below.
  state text not null check (
    state in ('drafted', 'sent', 'answered-in-part', 'answered', 'refused', 'lapsed', 'withdrawn')
  ),
  drafted_at timestamptz not null,
  -- To whom, when, by what way, under which reference.
  sent jsonb,
  answer_by timestamptz,
  answerable_until timestamptz,
  -- What the list of requests is ordered by: the clock that ends first, and the end of time where none runs.
  due_at timestamptz not null
    generated always as (coalesce(least(answer_by, answerable_until), timestamptz '9999-12-31 23:59:59+00')) stored
);
create index request_report on request (report_id, drafted_at);
create index request_due on request (due_at, id) where state in ('drafted', 'sent', 'answered-in-part');
-- Nobody is asked the same thing twice while the first question is on its way.
create unique index request_once on request (report_id, (record ->> 'rule')) where state in ('drafted', 'sent');

-- Each move of a request, added and never altered.
create table request_step (
  request_id uuid not null references request (id),
  position integer not null,
  step jsonb not null,
  primary key (request_id, position)
);

create table request_answer (
  id uuid primary key,
  request_id uuid not null references request (id),
  report_id uuid not null references report (id),
  position bigint not null generated always as identity,
  -- An AnswerRecord: its events stand beside the report's own, its claims stand in `claim` as well.
  record jsonb not null,
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references person (id),
  -- The newest assessments before and after it was taken in: what it changed lies between the two.
  assessed_before bigint references assessment (id),
  assessed_after bigint references assessment (id)
);
create index request_answer_report on request_answer (report_id, position);
create index request_answer_request on request_answer (request_id, position);

alter table report
  -- The next moment at which time alone changes the assessment, and the version of the rules that made it.
  add column changes_at timestamptz,
  add column assessed_by text;
