-- By when the first of the conflicts in which a row's report shares must have been released: one JSON value, null where none is open.
-- Indexes conflict_report, deconfliction_holder_report and conflict_token serve it.
select case when count(*) > 0 then
    json_build_object('dueAt', min(coalesce(later.until, (shared.content ->> 'deadline')::timestamptz)))
  end
from (
  select conflict.content from conflict where conflict.report_id = page.id and conflict.released_at is null
  union all
  select conflict.content from deconfliction_holder held
  join conflict on conflict.peer_id = held.peer_id and conflict.year = held.year and conflict.token = held.token
  where held.report_id = page.id and conflict.report_id <> page.id and conflict.released_at is null
) shared
left join lateral (
  select max((step ->> 'until')::timestamptz) as until from jsonb_array_elements(shared.content -> 'steps') step
) later on true
