-- What an assessment read of others, so that a report is assessed again when exactly that has changed: the addresses of the same
-- person in other reports, and the hours that its sender's clock showed.

-- The same for addresses that differ from each other by the order of their characters only: what a mistyped one is found by.
create function twin_of(address text) returns text
  language sql immutable strict parallel safe
  return (select string_agg(letter, '' order by letter collate "C") from unnest(string_to_array(address, null)) as letter);

-- The addresses of a report, each once a person; '' for those that came with files. Written with the report's keys.
create table report_address (
  report_id uuid not null references report (id),
  person text not null,
  address text collate "C" not null,
  -- Whether the report's own assessment compares it with others: a suspect's, or that of an upload.
  compared boolean not null,
  twin text collate "C" not null generated always as (twin_of(address)) stored,
  primary key (report_id, person, address)
);
insert into report_address (report_id, person, address, compared)
select distinct on (found.id, found.person, found.address) found.id, found.person, found.address, found.compared
from (
  select report.id, person ->> 'key' as person, event #>> '{ip,address}' as address, person ->> 'role' = 'suspect' as compared
  from report
  cross join jsonb_array_elements(report.content -> 'persons') as person
  cross join jsonb_array_elements(person -> 'events') as event
  union all
  select report.id, '', event #>> '{ip,address}', true
  from report
  cross join jsonb_array_elements(report.content -> 'evidence') as item
  cross join jsonb_array_elements(item -> 'events') as event
  where item ->> 'kind' <> 'wire-document'
  union all
  select report.id, '', event #>> '{ip,address}', true
  from report cross join jsonb_path_query(report.content, '$.incident.channel ? (@.kind == "peer-to-peer").events[*]') as event
) found
where found.address is not null;

-- Of the other reports of the same person: addresses that one of its own may be with characters in another order. Null: none.
alter table report add column read_addresses text[];

-- What each assessment read of its sender's hours: whether they showed a clock that runs from 1 to 12. For reports that show an hour.
create table sender_hours_read (
  report_id uuid primary key references report (id),
  account text not null,
  sender text not null,
  -- Of receipt, UTC.
  day date not null,
  twelve_hour boolean not null
);
create index sender_hours_read_habit on sender_hours_read (account, sender, day, twelve_hour);
-- Where the last assessment names such a clock it may have read it of the hours; looked at again, it says the same if not.
insert into sender_hours_read (report_id, account, sender, day, twelve_hour)
select report.id, report.handed_by, report.content #>> '{sender,id}', (report.received_at at time zone 'UTC')::date,
  exists (
    select from assessment
    where assessment.id = (select max(latest.id) from assessment latest where latest.report_id = report.id)
      and assessment.result -> 'doubts' @> '[{"code": "doubt.twelve-hour"}]'
  )
from report where report.assessed_at is not null;
