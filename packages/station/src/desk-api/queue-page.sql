-- One page of the queue. For status 'new' index report_queue (queue_key, id) serves order and keyset, and
-- report_again those that belong with others, and report_queue_safeguarding those of the lane that puts safeguarding first; the other
-- statuses are read rarely and sort what they find.
with page as (
  select report.* from report
  where ($1 = 'all' or report.status = case $1 when 'behind' then 'new' else $1 end)
    -- The same report that arrived again, and what adds to one in the queue, are one thing to work on.
    and ($1 not in ('new', 'behind') or coalesce(/*behind*/, false) = ($1 = 'behind'))
    and ($1 <> 'behind' or report.matter is not null)
    and ($5::text is null or report.lane = $5)
    and (/*burst*/)
    and ($2::text is null or (coalesce(report.queue_key, ''), report.id) > ($2::text, $3::uuid))
  order by coalesce(report.queue_key, ''), report.id
  limit $4
)
select page.id, page.number, page.received_at, page.status, page.tier, page.level, page.queue_key, page.lane, page.erased_by::text,
  (
    select json_build_object('state', child.state, 'dueAt', child.due_at) from safeguarding child where child.report_id = page.id
  ) as child,
  (/*conflict*/) as conflict,
  (
    select count(*)::integer from (
      select from report arrival where arrival.matter = page.matter limit 100
    ) arrived
  ) as arrivals,
  (/*left-empty*/) as left_empty,
  (/*campaign*/) as campaign,
  -- Only what a row shows: whole reports and assessments are megabytes a page.
  page.content #>> '{sender,name}' as sender, page.content -> 'incident' as incident,
  latest.why, latest.clock, latest.agency, latest.countries,
  (select count(*)::integer from evidence where evidence.report_id = page.id) as evidence,
  array(select outcome.kind from outcome where outcome.report_id = page.id order by outcome.recorded_at) as outcomes,
  array(select referral.state from referral where referral.report_id = page.id) as referrals
from page
left join lateral (
  select assessment.result #>> '{urgency,reasons,0,text}' as why, assessment.result #> '{sufficiency,clock}' as clock,
    assessment.result #>> '{route,agency,name}' as agency,
    coalesce(assessment.result #> '{route,countries}', '[]') || coalesce(assessment.result #> '{route,country}', '[]') as countries
  from assessment where assessment.report_id = page.id order by assessment.id desc limit 1
) latest on true
order by coalesce(page.queue_key, ''), page.id
