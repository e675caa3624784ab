-- The groups that report $1 belongs with, by its keys and by what people decided: each by its first report. Index arrival_key_key
-- serves it. Of those that hold a key that makes reports one, the first is enough: they are one group already, and a thousand copies
-- cost what one does.
with own as (
  select key, part from arrival_key
  where report_id = $1 and part <> 'hint'
    and not exists (
      select from arrival_decision apart where apart.report_id = $1 and apart.kind = 'apart' and apart.undone_at is null
    )
), found as (
  select other.report_id, other.part like 'same-%' as same
  from own cross join lateral (
    select held.report_id, held.part from arrival_key held
    where held.key = own.key and held.part = own.part and held.report_id <> $1 and own.part <> 'name'
      and not exists (
        select from arrival_decision apart
        where apart.report_id = held.report_id and apart.kind = 'apart' and apart.undone_at is null
      )
    order by held.report_id limit 1
  ) other
  union all
  -- Whoever names it, or is named by it.
  select held.report_id, false
  from own
  join arrival_key held on held.key = own.key and held.report_id <> $1
    and held.part = case own.part when 'name' then 'naming' when 'naming' then 'name' end
  where not exists (
    select from arrival_decision apart
    where apart.report_id = held.report_id and apart.kind = 'apart' and apart.undone_at is null
  )
  union all
  select case when decision.report_id = $1 then decision.other_id else decision.report_id end, true
  from arrival_decision decision
  where decision.kind = 'same' and decision.undone_at is null and (decision.report_id = $1 or decision.other_id = $1)
)
select coalesce(array_agg(distinct coalesce(report.same_as, report.id)) filter (where found.same), '{}') as same,
  coalesce(array_agg(distinct coalesce(report.matter, report.id)), '{}') as matter
from found join report on report.id = found.report_id
