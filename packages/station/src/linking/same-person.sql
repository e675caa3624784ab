-- How many other reports each of these ($1) shares a subject with. A report of one subject reads the subject's own count; one whose
-- persons are in several counts the reports of all. Served by the primary keys of subject_member and subject, and by index
-- subject_member_subject.
select own.report_id as id,
  case when count(*) = 1 then min(subject.reports) - 1 else (
    select count(distinct other.report_id)::integer - 1
    from (select distinct subject from subject_member where report_id = own.report_id) as of_own
    join subject_member other on other.subject = of_own.subject
  ) end as others
from (
  select distinct subject_member.report_id, subject_member.subject
  from subject_member where subject_member.report_id = any($1::uuid[])
) own
join subject on subject.id = own.subject
group by own.report_id
