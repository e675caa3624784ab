-- Subjects (the caller says which) as the desk heads them: since when, the newest, the most urgent, what became of their reports, who looks after each and
-- whether somebody looked at it while it waited. Reports are read by primary key.
select subject.id, subject.members, subject.reports, subject.conflict,
  facts.since, facts.newest, facts.tier, facts.open, facts.outcomes,
  (
    select json_build_object('id', person.id, 'name', person.name, 'since', subject_owner.assigned_at, 'by', given.name)
    from subject_member
    join subject_owner on subject_owner.report_id = subject_member.report_id and subject_owner.person = subject_member.person
    join person on person.id = subject_owner.owner
    join person given on given.id = subject_owner.assigned_by
    where subject_member.subject = subject.id
    order by subject_owner.assigned_at desc, subject_owner.id desc limit 1
  ) as owner,
  (
    select json_build_object(
      'members', subject_look.members, 'why', subject_look.why, 'reason', subject_look.reason, 'name', person.name,
      'at', subject_look.looked_at
    )
    from subject_member
    join subject_look on subject_look.report_id = subject_member.report_id and subject_look.person = subject_member.person
    join person on person.id = subject_look.looked_by
    where subject_member.subject = subject.id
    order by subject_look.looked_at desc, subject_look.id desc limit 1
  ) as look
from subject
cross join lateral (
  select min(of_subject.received_at) as since, max(of_subject.received_at) as newest, min(of_subject.tier) as tier,
    count(*) filter (where of_subject.status = 'new')::integer as open,
    (
      select count(*)::integer from outcome
      join (select distinct report_id from subject_member where subject_member.subject = subject.id) own
        on own.report_id = outcome.report_id
    ) as outcomes
  from (select distinct report_id from subject_member where subject_member.subject = subject.id) member
  cross join lateral (
    select report.received_at, report.tier, report.status from report where report.id = member.report_id offset 0
  ) of_subject
) facts
where subject.id
