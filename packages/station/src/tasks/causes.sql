-- Why effects stand still, one row a cause: those that have not moved since $1, and those that only a person can mend ($2 troubles, after
-- $3 attempts). Each arm of the view reads its partial index of what is open.
select cause, kind, peer_id, (case when cause like 'effect:%' then 'refused' else 'stands-still' end) as what,
  min(moved_at) as since, bool_or(for_person) as for_person, (array_agg(report_id order by moved_at, id))[1] as report_id,
  (array_agg(person order by moved_at, id))[1] as person
from (
  select effect.*, case when stage = 'refused' then 'effect:' || id else kind || ':' || peer_id end as cause,
    stage = 'refused' or (trouble is not null and trouble = any($2::text[]) and attempts >= $3) as for_person
  from effect where open
) standing
where moved_at <= $1 or for_person
group by cause, kind, peer_id
