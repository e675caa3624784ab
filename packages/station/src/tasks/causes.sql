-- Why effects stand still, one row a cause: those that have not moved since $1, and those that only a person can mend ($2 troubles, after
-- $3 attempts). Each arm of the view reads its partial index of what is open.
select cause, kind, peer_id, (case when cause like 'effect:%' then 'refused' else 'stands-still' end) as what,
  min(moved_at) as since, bool_or(for_person) as for_person, (array_agg(report_id order by moved_at, id))[1] as report_id,
  (array_agg(person order by moved_at, id))[1] as person,
  null as sender, null as sender_name
from (
  select effect.*, case when stage = 'refused' then 'effect:' || id else kind || ':' || peer_id end as cause,
    stage = 'refused' or (trouble is not null and trouble = any($2::text[]) and attempts >= $3) as for_person
  from effect where open
) standing
where moved_at <= $1 or for_person
group by cause, kind, peer_id
-- And a sender that leaves fields empty, or whose reports are refused, until somebody has settled it (index format_burst_unsettled).
union all
select 'format:' || sender, 'sender-format', null, 'format-burst', min(opened_at), true, (array_agg(report_id order by opened_at, id))[1],
  null, sender, (array_agg(name order by opened_at desc))[1]
from format_burst where settled_at is null group by sender
