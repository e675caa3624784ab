-- Subjects from who holds which value, people's decisions about them, and campaigns.
--
-- The truth is linking_key and link_decision. What is marked "derived" follows from them by @fairlead/assessment's `subjectsOf`,
-- is kept up to date in the transaction that changes them, and can be made again from them (linking/rebuild.ts).

-- The pairs grew with the square of a subject: 500 reports of one account were 125,000 rows. Who holds which value says the same.
drop table link;

-- Who of the report holds the value ('' where nobody says who), as whom, and how far it goes by itself: out of `detail`, so that
-- indices can serve them.
alter table linking_key
  add column person text not null generated always as (coalesce(detail ->> 'person', '')) stored,
  add column role text not null generated always as (coalesce(detail ->> 'role', 'suspect')) stored,
  add column strength text not null generated always as (coalesce(detail ->> 'strength', 'never')) stored;
create index linking_key_strong on linking_key (kind, value, role, report_id, person) where strength = 'strong';

-- Derived. What a value that strong keys of two reports or more hold is by now. `holders` is exact up to the rules' cap; one more
-- means more than that.
create table value_standing (
  kind text not null,
  value text not null,
  role text not null check (role in ('suspect', 'victim')),
  holders integer not null,
  standing text not null check (standing in ('joins', 'common', 'never-listed', 'different-persons')),
  primary key (kind, value, role)
);

-- Derived. The person behind linked reports; only those of two members or more. The id is the name of its first member
-- ('REPORT' or 'REPORT#PERSON'), so that it is the same whatever came first, and an old id still finds its subject after a merger.
create table subject (
  id text collate "C" primary key,
  members integer not null,
  reports integer not null,
  -- It holds two who were decided to be different persons.
  conflict boolean not null
);

-- Derived. Who belongs to which subject.
create table subject_member (
  report_id uuid not null references report (id),
  person text not null,
  subject text collate "C" not null,
  -- When the report's incident happened; null where that is not certain.
  activity_at timestamptz,
  primary key (report_id, person)
);
create index subject_member_subject on subject_member (subject, report_id);

-- By which rules the derived tables were made; no row: they have to be made.
create table subject_build (
  single boolean primary key default true check (single),
  rules text not null,
  built_at timestamptz not null
);

-- What an assessment read of the report's subjects: the most urgent tier and the newest activity of the others. Where the subject
-- says something else by now, the report is assessed again, whatever the change was and whoever was interrupted.
alter table report add column read_tier smallint, add column read_activity timestamptz;

-- What people decided about who is who. Never changed; taken back by whoever takes it back, with a reason.
create table link_decision (
  id uuid primary key,
  kind text not null check (kind in ('same', 'different', 'never-link')),
  -- Two persons of reports, the one whose name sorts first as `a`.
  a_report uuid references report (id),
  a_person text,
  b_report uuid references report (id),
  b_person text,
  value_kind text,
  value text,
  reason text not null,
  decided_by uuid not null references person (id),
  decided_at timestamptz not null,
  undone_reason text,
  undone_by uuid references person (id),
  undone_at timestamptz,
  check (
    case when kind = 'never-link'
      then value_kind is not null and value is not null and a_report is null and b_report is null
      else a_report is not null and a_person is not null and b_report is not null and b_person is not null and value is null
    end
  )
);
create unique index link_decision_pair on link_decision (a_report, a_person, b_report, b_person, kind)
  where kind <> 'never-link' and undone_at is null;
create index link_decision_b on link_decision (b_report, b_person) where kind <> 'never-link' and undone_at is null;
create unique index link_decision_value on link_decision (value_kind, value) where kind = 'never-link' and undone_at is null;

-- Who looks after a subject, as facts about one of its members: they stay with that member when subjects merge or fall apart. The
-- newest of a subject's members holds.
create table subject_owner (
  id uuid primary key,
  report_id uuid not null references report (id),
  person text not null,
  owner uuid not null references person (id),
  reason text,
  assigned_by uuid not null references person (id),
  assigned_at timestamptz not null
);
create index subject_owner_member on subject_owner (report_id, person, assigned_at desc);

-- A person looked at a subject that waited for one, and lets it be used as it was then.
create table subject_look (
  id uuid primary key,
  report_id uuid not null references report (id),
  person text not null,
  -- What they saw: it asks again when it has doubled, or for another reason.
  members integer not null,
  why text[] not null,
  reason text not null,
  looked_by uuid not null references person (id),
  looked_at timestamptz not null
);
create index subject_look_member on subject_look (report_id, person, looked_at desc);

-- A file was seen in a report: written when the report is linked, never changed. As @fairlead/assessment's `sightingsOf` has it.
create table sighting (
  position bigint not null unique generated always as identity,
  report_id uuid not null references report (id),
  place integer not null,
  -- SHA-256, and a perceptual hash where one was stated; hexadecimal.
  exact text collate "C",
  perceptual text collate "C",
  holder text not null,
  sender text not null,
  country text,
  seen_at timestamptz not null,
  primary key (report_id, place)
);
create index sighting_exact on sighting (exact) where exact is not null;
create index sighting_perceptual on sighting (perceptual) where perceptual is not null;

-- Derived, by a job. The items that many hold, those that look alike as one. A campaign never makes a subject.
create table campaign (
  -- Its first item, as 'exact-HASH' or 'perceptual-HASH'.
  id text collate "C" primary key,
  holders integer not null,
  reports integer not null,
  last_seen timestamptz not null,
  -- `Campaign`, whole.
  detail jsonb not null,
  rolled_at timestamptz not null
);
create index campaign_size on campaign (holders desc, id);

-- Derived, with it. Which campaign an item belongs to.
create table campaign_item (
  item text collate "C" primary key,
  campaign text collate "C" not null references campaign (id) on delete cascade
);
create index campaign_item_campaign on campaign_item (campaign);

-- How far the job has read.
create table campaign_cursor (
  single boolean primary key default true check (single),
  position bigint not null
);
insert into campaign_cursor (position) values (0);

-- A person closes the copies of an item together, after they looked at a sample of them that was drawn by lot.
create table campaign_closing (
  id uuid primary key,
  campaign text not null,
  opened_by uuid not null references person (id),
  opened_at timestamptz not null,
  reason text,
  closed_at timestamptz,
  -- Somebody found a lead in the sample.
  stopped_at timestamptz
);
create index campaign_closing_campaign on campaign_closing (campaign, opened_at desc);

-- The reports of a closing, and what became of each.
create table campaign_copy (
  closing uuid not null references campaign_closing (id),
  report_id uuid not null references report (id),
  sampled boolean not null,
  -- What whoever looked at a sampled one said.
  found text check (found in ('copy', 'lead')),
  found_at timestamptz,
  closed_at timestamptz,
  reopened_at timestamptz,
  primary key (closing, report_id)
);
create index campaign_copy_report on campaign_copy (report_id) where closed_at is not null and reopened_at is null;
