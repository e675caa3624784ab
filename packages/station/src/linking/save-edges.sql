-- Keeps those edges ($1, a list in JSON) that are not known yet, as made at $2.
insert into link (a, a_person, b, b_person, kind, value, strength, reason, made_at)
select edge.a, edge.a_person, edge.b, edge.b_person, edge.kind, edge.value, edge.strength, edge.reason, $2
from jsonb_to_recordset($1::jsonb) as edge (
  a uuid, a_person text, b uuid, b_person text, kind text, value text, strength text, reason text
)
on conflict (a, a_person, b, b_person, kind, value) do nothing
returning a, b, strength
