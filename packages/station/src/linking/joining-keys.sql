-- What these persons ($1 reports, $2 persons) hold strongly and joins by now, of kinds ($3) that may. Served by index
-- linking_key_report (report_id) and the primary key of value_standing.
select distinct linking_key.report_id, linking_key.person, linking_key.kind, linking_key.value, linking_key.role, linking_key.holder
from unnest($1::uuid[], $2::text[]) as node (report_id, person)
join linking_key on linking_key.report_id = node.report_id and linking_key.person = node.person
join value_standing on value_standing.kind = linking_key.kind and value_standing.value = linking_key.value
  and value_standing.role = linking_key.role
where linking_key.strength = 'strong' and linking_key.kind = any($3::text[]) and value_standing.standing = 'joins'
