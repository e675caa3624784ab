-- Whom these joining values ($1 kinds, $2 values, $3 roles) bring to one report ($4): for each the subject of one of its other
-- strong holders, or that holder where they are in none. Everybody who holds a joining value strongly is in one subject already, unless it
-- joins only since now; so of those ($5) all are read. Served by index linking_key_strong and the primary key of subject_member.
select given.kind, given.value, given.role, held.report_id, held.person, subject_member.subject
from unnest($1::text[], $2::text[], $3::text[], $5::boolean[]) as given (kind, value, role, is_new)
cross join lateral (
  select linking_key.report_id, linking_key.person from linking_key
  where linking_key.kind = given.kind and linking_key.value = given.value and linking_key.role = given.role
    and linking_key.strength = 'strong' and linking_key.report_id <> $4::uuid
  order by linking_key.report_id limit case when given.is_new then null else 1 end
) held
left join subject_member on subject_member.report_id = held.report_id and subject_member.person = held.person
