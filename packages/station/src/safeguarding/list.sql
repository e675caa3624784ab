-- Reports whose child waits, the most pressing first: for 'open', for a person here (index safeguarding_open); for 'told', for the
-- authority's answer (index safeguarding_told).
with page as (
  select child.* from safeguarding child
  where (($1 = 'open' and child.state in ('undecided', 'decided')) or ($1 = 'told' and child.state = 'told'))
    and ($2::timestamptz is null or (child.due_at, child.report_id) > ($2, $3::uuid))
  order by child.due_at, child.report_id
  limit $4
)
select page.report_id, page.due_at, page.state, page.urgency, report.number, report.tier, report.status, report.received_at, report.lane,
  page.result ->> 'child' as child, page.result #>> '{area,agency,name}' as area, page.result #>> '{reasons,0,text}' as why,
  array(
    select own.authority_name from safeguarding_referral own
    where own.report_id = page.report_id and own.state <> 'withdrawn' order by own.decided_at
  ) as authorities
from page join report on report.id = page.report_id
order by page.due_at, page.report_id
