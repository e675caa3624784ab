-- Makes one subject ($1) of other subjects ($2) and of nodes that are in none ($3 reports, $4 persons).
with moved as (
  update subject_member set subject = $1 where subject = any($2::text[]) and subject <> $1
), gone as (
  delete from subject where id = any($2::text[]) and id <> $1
)
insert into subject_member (report_id, person, subject, activity_at)
select node.report_id, node.person, $1, (report.content #>> '{incident,occurred,at}')::timestamptz
from unnest($3::uuid[], $4::text[]) as node (report_id, person)
join report on report.id = node.report_id
on conflict (report_id, person) do update set subject = excluded.subject
