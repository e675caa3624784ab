-- How good each sender's reports are. What each report contributes is kept by itself, so that a card can be made anew when an outcome
-- or a claim changes what a report was worth; sums are kept by the hour of receipt and by the month, each written by one job at a time.

create table sender_facts (
  report_id uuid primary key references report (id),
  sender text not null,
  hour timestamptz not null,
  -- ReportFacts: no identifier, no text, no hash.
  facts jsonb not null
);
create index sender_facts_part on sender_facts (sender, hour);

create table sender_part (
  sender text not null,
  hour timestamptz not null,
  card jsonb not null,
  primary key (sender, hour)
);

create table sender_month (
  sender text not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  -- What it called itself in its last report of the month.
  name text not null,
  card jsonb not null,
  primary key (sender, month)
);
