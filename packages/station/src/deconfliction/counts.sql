-- What stands above the queue about other stations' interests: one JSON value. A person's values with one peer are one thing to do.
-- Index conflict_open serves it. A deadline is that of the conflict, or the last that it was put off to.
select json_build_object(
    'open', count(*)::integer,
    'overdue', (count(*) filter (where together.due_at <= $1::timestamptz))::integer
  )
from (
  select min(coalesce(later.until, (conflict.content ->> 'deadline')::timestamptz)) as due_at
  from conflict
  left join lateral (
    select max((step ->> 'until')::timestamptz) as until from jsonb_array_elements(conflict.content -> 'steps') step
  ) later on true
  where conflict.released_at is null
  group by conflict.report_id, conflict.peer_id
) together
