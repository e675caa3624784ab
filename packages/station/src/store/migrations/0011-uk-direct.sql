-- UK direct reports (Online Safety Act 2023 Part 4 chapter 2, SI 2026/268): what came in by the door, and what goes out by it.

alter table report drop constraint report_door_check;
alter table report add constraint report_door_check check (door in ('report', 'cybertipline', 'package', 'uk-direct'));

alter table peer drop constraint peer_wire_check;
alter table peer add constraint peer_wire_check check (wire in ('package', 'cybertipline', 'uk-direct'));

-- A report goes to a peer once, but for the law's subsequent reports: each is a referral of its own with the next number.
alter table referral add column sequence integer not null default 0;
alter table referral drop constraint referral_report_id_peer_id_key;
alter table referral add constraint referral_once unique (report_id, peer_id, sequence);

-- A report that a provider made directly to this station.
create table uk_report (
  report_id uuid primary key references report (id),
  -- The unique reference that this station issued.
  reference text not null unique,
  account text not null,
  -- What the provider claims; the urgency rules decide.
  priority text not null check (priority in ('P1', 'P2', 'P3')),
  -- The first report of the matter, where this one is subsequent to it.
  first_report uuid references report (id),
  -- `UkReport` as it came, and what the rules remark on it (`UkProblem[]`).
  document jsonb not null,
  remarks jsonb not null,
  -- The signed receipt: the same report is answered with the same.
  receipt jsonb not null,
  issued_at timestamptz not null,
  -- SI 2026/268 reg 8: five years from issue, one year from sending.
  reference_until timestamptz not null,
  content_until timestamptz not null
);
create index uk_report_first on uk_report (first_report) where first_report is not null;

-- A report that this station makes directly, with the referral that carries it: the document as it stood when a person decided.
create table uk_filing (
  referral_id uuid primary key references referral (id),
  report_id uuid not null references report (id),
  priority text not null check (priority in ('P1', 'P2', 'P3')),
  -- When this station had the report, and by when the house's clock wants it out.
  known_at timestamptz not null,
  due_at timestamptz not null,
  document jsonb not null,
  -- JSON Pointers to what Schedule 1 has no item for.
  left_behind jsonb not null,
  -- Set before the first byte leaves: from then on only the receiver knows whether it has the report.
  sending_since timestamptz,
  reference text,
  issued_at timestamptz,
  reference_until timestamptz,
  content_until timestamptz,
  -- Reg 8(2): the user's relevant data are those of these two weeks.
  relevant_from timestamptz,
  relevant_to timestamptz
);
create index uk_filing_report on uk_filing (report_id);
