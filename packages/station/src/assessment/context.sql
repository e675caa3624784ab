-- What an assessment of one report rests on, in one round trip.
select report.content, report.received_at, report.queue_key, report.assessed_at, report.changes_at,
  report.assessed_by, report.read_tier, report.read_activity, report.read_addresses, inbound_package.envelope,
  last.result as last,
  (select safeguarding.result from safeguarding where safeguarding.report_id = report.id) as safeguarding,
  array(select unnest(page.fresh) from page where page.report_id = report.id) as paged,
  (/*claims*/) as claims,
  (
    select to_json(lowered) from (
      select urgency_decision.tier, urgency_decision.reason, urgency_decision.seen, urgency_decision.role,
        urgency_decision.decided_by, urgency_decision.decided_at
      from urgency_decision where urgency_decision.report_id = report.id
      order by urgency_decision.decided_at desc limit 1
    ) lowered
  ) as lowering,
  (/*answers*/) as answers,
  others.tier as linked_tier, others.newest as linked_newest,
  -- Only those that one of its own may be with characters in another order: no other is ever compared. As in stale.sql.
  (
    select array_agg(distinct theirs.address order by theirs.address)
    from report_address own
    join subject_member mine on mine.report_id = own.report_id
    join subject_member member on member.subject = mine.subject and member.report_id <> own.report_id
    cross join lateral (
      select report_address.person, report_address.address, report_address.twin from report_address
      where report_address.report_id = member.report_id offset 0
    ) theirs
    where own.report_id = report.id and own.compared and theirs.twin = own.twin and theirs.address <> own.address
      and (theirs.person = member.person or (member.person = '' and theirs.person <> ''))
  ) as linked_addresses,
  (select sender_hours_read.twelve_hour from sender_hours_read where sender_hours_read.report_id = report.id) as read_hours,
  -- Ninety days of the sender's hours, by the primary key of sender_hours.
  (
    select json_object_agg(hours.day, json_build_object('within', hours.within_twelve, 'beyond', hours.beyond_twelve)) from (
      select to_char(sender_hours.day, 'YYYY-MM-DD') as day, sum(within_twelve)::integer as within_twelve,
        sum(beyond_twelve)::integer as beyond_twelve
      from sender_hours
      where sender_hours.account = report.handed_by and sender_hours.sender = report.content -> 'sender' ->> 'id'
        and sender_hours.day > (report.received_at at time zone 'UTC')::date - 90
        and sender_hours.day <= (report.received_at at time zone 'UTC')::date
      group by sender_hours.day
    ) hours
  ) as hours
from report
left join inbound_package on inbound_package.id = report.inbound_package
left join lateral (
  select assessment.result from assessment
  where assessment.report_id = report.id order by assessment.id desc limit 1
) last on true
-- The other reports of the same person. A subject that waits for a person still raises: only what people do waits.
left join lateral (
  select min(other.tier) as tier, max(together.activity_at) as newest
  from (
    select distinct theirs.report_id, theirs.activity_at
    from subject_member own
    join subject_member theirs on theirs.subject = own.subject and theirs.report_id <> own.report_id
    where own.report_id = report.id
  ) together
  -- By primary key, one after the other: the planner takes a subject to be larger than most tables.
  cross join lateral (select linked.tier from report linked where linked.id = together.report_id offset 0) other
) others on true
where report.id = $1 and report.erased_by is null
