-- Pages as the desk shows them, each as one JSON value: a part of statements that choose among them by its columns. Indexes
-- page_unanswered, page_answered and page_report serve those.
select page.id, page.report_id, page.raised_at, page.acknowledged_at, page.ended_at, json_build_object(
    'id', page.id, 'report', page.report_id, 'number', report.number::text, 'tier', report.tier, 'status', report.status,
    'raisedAt', page.raised_at, 'triggers', page.triggers,
    'acknowledgedAt', page.acknowledged_at, 'acknowledgedBy', answered.name,
    'task', page.task_id, 'taskOwner', task.owner, 'audience', page.audience, 'endedAt', page.ended_at,
    'owner', page.owner, 'ownerName', owner.name, 'ownedSince', page.owned_since,
    'calls', (
      select coalesce(json_agg(json_build_object(
        'audience', page_call.audience, 'state', page_call.state, 'attempts', page_call.attempts,
        'lastError', page_call.last_error, 'nextAttemptAt', page_call.next_attempt_at, 'toldAt', page_call.told_at
      ) order by page_call.due_at), '[]')
      from page_call where page_call.page_id = page.id
    )
  ) as shown
from page
left join report on report.id = page.report_id
left join task on task.id = page.task_id
left join person answered on answered.id = page.acknowledged_by
left join person owner on owner.id = page.owner
