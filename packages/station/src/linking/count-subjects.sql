-- Counts subjects ($1) after their members changed. Served by index subject_member_subject and those of link_decision.
insert into subject (id, members, reports, conflict)
select given.id, counted.members, counted.reports, exists (
  select from link_decision
  join subject_member a on a.report_id = link_decision.a_report and a.person = link_decision.a_person
  join subject_member b on b.report_id = link_decision.b_report and b.person = link_decision.b_person
  where link_decision.kind = 'different' and link_decision.undone_at is null and a.subject = given.id and b.subject = given.id
)
from unnest($1::text[]) as given (id)
cross join lateral (
  select count(*)::integer as members, count(distinct report_id)::integer as reports
  from subject_member where subject_member.subject = given.id
) counted
on conflict (id) do update
  set members = excluded.members, reports = excluded.reports, conflict = excluded.conflict
