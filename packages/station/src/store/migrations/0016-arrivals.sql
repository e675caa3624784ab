-- The same report that arrived more than once, and what later reports add to earlier ones.
--
-- The truth is arrival_key and arrival_decision. report.same_as and report.matter follow from them by @fairlead/assessment's
-- `arrivalGroups`.

-- What a report is found under; see ArrivalKey. SHA-256 of the key: nothing of a report can be read out of it, so it outlives what it
-- was made of, and a copy that comes after a year still finds its place.
create table arrival_key (
  report_id uuid not null references report (id) on delete cascade,
  part text not null check (part in ('same-files', 'same-content', 'same-number', 'name', 'naming', 'hint')),
  key bytea not null check (length(key) = 32),
  primary key (report_id, part, key)
);
create index arrival_key_key on arrival_key (key, part, report_id);

-- Derived. The first report of those that are this one, and of those that are one matter with it (the same ones and what was added
-- to them); null where it is alone. arrivals_noted: whether its keys have been written.
alter table report
  add column same_as uuid,
  add column matter uuid,
  add column arrivals_noted boolean not null default false;
create index report_same_as on report (same_as) where same_as is not null;
create index report_matter on report (matter, (coalesce(queue_key, '')), id) where matter is not null;
-- The list of those that stand behind another row.
create index report_again on report ((coalesce(queue_key, '')), id) where status = 'new' and matter is not null;
create index report_arrivals_unnoted on report (id) where not arrivals_noted;

-- What people decided. 'apart': the report stands by itself, whatever it is found under; the others are about two. Never changed;
-- taken back by whoever takes it back, with a reason.
create table arrival_decision (
  id uuid primary key,
  kind text not null check (kind in ('same', 'different', 'apart')),
  report_id uuid not null references report (id),
  other_id uuid references report (id),
  reason text not null,
  decided_by uuid not null references person (id),
  decided_at timestamptz not null,
  undone_reason text,
  undone_by uuid references person (id),
  undone_at timestamptz,
  check ((kind = 'apart') = (other_id is null) and (other_id is null or report_id < other_id))
);
create unique index arrival_decision_one on arrival_decision (report_id, other_id) nulls not distinct where undone_at is null;
create index arrival_decision_other on arrival_decision (other_id) where undone_at is null;
