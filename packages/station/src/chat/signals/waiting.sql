-- The accounts that wait for a person at $1, longest first, at most $2: a rule asks for a look, or the owner does. Served by
-- safety_action_open's and safety_appeal_open's few rows.
with item as (
  select account, began_at as since, 'signal' as why from safety_action
  where action = 'review' and ended_at is null and ends_at > $1
  union all
  select account, made_at, 'appeal' from safety_appeal where decided_at is null
)
select item.account, min(item.since) as since, array_agg(item.why order by item.why desc) as why,
  coalesce((
    select array_agg(action.action order by action.action) from safety_action action
    where action.account = item.account and action.ended_at is null and action.ends_at > $1
  ), '{}') as standing,
  count(*) over () as waiting
from item group by item.account order by since, account limit $2
