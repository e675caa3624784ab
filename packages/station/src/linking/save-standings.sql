-- Notes what values are ($1, a list in JSON) and forgets those that only one report holds by now ($2).
with gone as (
  delete from value_standing using jsonb_to_recordset($2::jsonb) as old (kind text, value text, role text)
  where value_standing.kind = old.kind and value_standing.value = old.value and value_standing.role = old.role
)
insert into value_standing (kind, value, role, holders, standing)
select kind, value, role, holders, standing
from jsonb_to_recordset($1::jsonb) as now (kind text, value text, role text, holders integer, standing text)
on conflict (kind, value, role) do update set holders = excluded.holders, standing = excluded.standing
