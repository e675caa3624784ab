-- Writes who is in which subject ($1) and who is in none any more ($2), with the subjects' sizes ($3); lists in JSON.
with gone as (
  delete from subject_member using jsonb_to_recordset($2::jsonb) as node (report_id uuid, person text)
  where subject_member.report_id = node.report_id and subject_member.person = node.person
), counted as (
  insert into subject (id, members, reports, conflict)
  select id, members, reports, conflict
  from jsonb_to_recordset($3::jsonb) as now (id text, members integer, reports integer, conflict boolean)
  on conflict (id) do update
    set members = excluded.members, reports = excluded.reports, conflict = excluded.conflict
)
insert into subject_member (report_id, person, subject, activity_at)
select node.report_id, node.person, node.subject, (report.content #>> '{incident,occurred,at}')::timestamptz
from jsonb_to_recordset($1::jsonb) as node (report_id uuid, person text, subject text)
join report on report.id = node.report_id
on conflict (report_id, person) do update set subject = excluded.subject
  where subject_member.subject <> excluded.subject
