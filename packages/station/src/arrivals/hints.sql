-- Reports that may be the same as report $1 and are not of its matter, nor parted from it by anybody: the first fifty in the order of
-- their arrival. Index arrival_key_key serves it.
select other.id, other.number::text as number, other.door, other.received_at, other.status, other.tier, other.content
from (
  select distinct held.report_id
  from arrival_key own
  cross join lateral (
    select held.report_id from arrival_key held
    where held.key = own.key and held.part = own.part and held.report_id <> $1
    order by held.report_id limit 50
  ) held
  where own.report_id = $1 and own.part not in ('name', 'naming')
) found
join report on report.id = $1
join report other on other.id = found.report_id and (other.matter is null or other.matter is distinct from report.matter)
where not exists (
  select from arrival_decision decision
  where decision.undone_at is null and decision.kind = 'different'
    and decision.report_id = least(other.id, report.id) and decision.other_id = greatest(other.id, report.id)
)
-- Whoever said that one stands by itself had the others before them that were here by then.
and not exists (
  select from arrival_decision apart
  where apart.undone_at is null and apart.kind = 'apart' and apart.report_id in (other.id, report.id)
    and apart.decided_at >= greatest(other.received_at, report.received_at)
)
order by other.received_at, other.id
limit 50
