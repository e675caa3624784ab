-- One page of the requests, those whose clock ends first on top. For what is open, index request_due serves order and keyset;
-- the other lists are read rarely. $1 list, $2 now, $3 and $4 the cursor, $5 how many.
select request.id, request.report_id, report.number::text, report.tier, report.level, request.record, request.proposal,
  request.sent ->> 'at' as sent_at, request.due_at,
  (
    select json_agg(request_step.step order by request_step.position) from request_step
    where request_step.request_id = request.id
  ) as steps
from request join report on report.id = request.report_id
where case $1
    when 'open' then request.state in ('sent', 'answered-in-part')
    when 'overdue' then request.state in ('sent', 'answered-in-part') and request.answer_by < $2::timestamptz
      and coalesce(request.answerable_until > $2::timestamptz, true)
    when 'drafted' then request.state = 'drafted'
    when 'ended' then request.state in ('answered', 'refused', 'lapsed', 'withdrawn')
    else true
  end
  and ($3::timestamptz is null or (request.due_at, request.id) > ($3::timestamptz, $4::uuid))
order by request.due_at, request.id
limit $5
