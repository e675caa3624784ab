-- A page of a subject's ($1) reports, the newest first: ids of reports are in the order in which they came. From the report after $2, at
-- most $3. Served by index subject_member_subject (subject, report_id) and primary keys.
with page as (
  select report_id, array_agg(person order by person) as persons
  from subject_member
  where subject = $1 and ($2::uuid is null or report_id < $2::uuid)
  group by report_id
  order by report_id desc limit $3
)
select report.id, report.number::text, report.received_at, report.content #>> '{sender,name}' as sender,
  report.content #>> '{incident,type}' as incident, report.status, report.tier, report.level, page.persons,
  array(select outcome.kind from outcome where outcome.report_id = report.id order by outcome.recorded_at) as outcomes,
  (
    select coalesce(json_agg(json_build_object(
      'peer', peer.name, 'by', person.name, 'at', referral.decided_at, 'state', referral.state
    ) order by referral.decided_at), '[]')
    from referral join peer on peer.id = referral.peer_id join person on person.id = referral.decided_by
    where referral.report_id = report.id
  ) as referrals
from page join report on report.id = page.report_id
order by report.id desc
