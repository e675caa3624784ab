-- Format bursts: a sender that used to fill a field leaves it empty from one report on, or has its reports refused at the door. One row is
-- one time that this happened; while it is on, nothing that the sender leaves out becomes normal by going on.

create table format_burst (
  id uuid primary key,
  -- The id in its reports; for `refused` the name of the account.
  sender text not null,
  name text not null,
  -- A field of the scorecards, or `refused`.
  field text not null,
  -- How often it was filled (or refused) before and when the burst was found; whole numbers.
  before_count integer not null,
  before_of integer not null,
  now_count integer not null,
  now_of integer not null,
  -- When the first report of it came, and that report, if it got in.
  began_at timestamptz not null,
  report_id uuid references report (id),
  opened_at timestamptz not null,
  recovered_at timestamptz,
  settled_at timestamptz,
  -- `accepted`: the sender's reports are like this from now on. `seen-to`: it is over, and what can be had of what was left empty was.
  settled_how text check (settled_how in ('accepted', 'seen-to')),
  settled_by uuid references person (id),
  settled_reason text,
  check (num_nulls(settled_at, settled_how, settled_by, settled_reason) in (0, 4))
);
create unique index format_burst_on on format_burst (sender, field) where recovered_at is null and settled_at is null;
create index format_burst_sender on format_burst (sender, opened_at);
create index format_burst_unsettled on format_burst (opened_at) where settled_at is null;

-- Reports that came in a burst and leave its field empty. Their place in the queue is their own.
create table format_mark (
  report_id uuid not null references report (id),
  burst_id uuid not null references format_burst (id),
  -- A later report of the same sender's that names this one and fills the field.
  filled_by uuid references report (id),
  primary key (report_id, burst_id)
);
create index format_mark_open on format_mark (burst_id, report_id) include (filled_by);

-- The latest reports of a sender, besides its hours.
create index sender_facts_latest on sender_facts (sender, hour, report_id);
drop index sender_facts_part;

-- A task may be about a sender instead of a peer; where no report got in, neither it nor its call names one.
alter table task alter column report_id drop not null;
alter table task add column sender text;
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check check (kind in ('refer', 'return-outcome', 'ask-peer', 'keep', 'sender-format'));
alter table task drop constraint task_what_check;
alter table task add constraint task_what_check check (
  what in ('stands-still', 'refused', 'incomplete', 'keeping-ends', 'format-burst')
);
alter table task drop constraint task_peer_check;
alter table task add constraint task_peer_check check ((kind in ('keep', 'sender-format')) = (peer_id is null));
alter table task add constraint task_sender_check check ((kind = 'sender-format') = (sender is not null));
alter table page alter column report_id drop not null;
alter table page add constraint page_about check (report_id is not null or task_id is not null);

-- Calls of accounts by what they were answered, a minute at a time, each process its own rows; kept for five weeks.
create table sender_calls (
  position bigint primary key generated always as identity,
  sender text not null,
  at timestamptz not null,
  taken integer not null,
  refused integer not null
);
create index sender_calls_latest on sender_calls (sender, at);
create index sender_calls_at on sender_calls (at);
