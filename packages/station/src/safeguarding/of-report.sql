-- What the report at hand means for a child and how far people have got, as a part of a statement over `report`: one JSON value, or null.
select json_build_object(
    'state', child.state, 'urgency', child.urgency, 'dueAt', child.due_at, 'result', child.result,
    'declinedBy', decliner.name, 'declinedAt', child.declined_at, 'declinedReason', child.declined_reason,
    'declineHolds', child.declined_seen @> child.seen
  )
from safeguarding child
left join person decliner on decliner.id = child.declined_by
where child.report_id = report.id
