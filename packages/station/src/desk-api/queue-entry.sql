-- One report as the queue shows it; see queue-page.sql.
with page as (select * from report where id = $1)
select page.id, page.number, page.received_at, page.status, page.tier, page.level, page.queue_key,
  -- Only what a row shows: whole reports and assessments are megabytes a page.
  page.content #>> '{sender,name}' as sender, page.content -> 'incident' as incident,
  latest.clock, latest.agency,
  (select count(*) from evidence where evidence.report_id = page.id) as evidence,
  array(select outcome.kind from outcome where outcome.report_id = page.id order by outcome.recorded_at) as outcomes,
  coalesce((
    select case when bool_or(referral.state = 'failed') then 'failed'
                when bool_and(referral.state = 'delivered') then 'delivered'
                else 'waiting' end
    from referral where referral.report_id = page.id having count(*) > 0
  ), 'none') as delivery
from page
left join lateral (
  select assessment.result #> '{sufficiency,clock}' as clock, assessment.result #>> '{route,agency,name}' as agency
  from assessment where assessment.report_id = page.id order by assessment.id desc limit 1
) latest on true
