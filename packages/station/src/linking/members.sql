-- Everybody whose subject may have changed: given persons ($1 reports, $2 persons), the strong holders of values that joined them ($3
-- kinds, $4 values, $5 roles; one leads to the others), those that a report ($6) had in a subject, and all who are in a subject with one
-- of these. That report may hold a value only since now: then it was never joined by it, and leads to nobody.
with given as (
  select report_id, person from unnest($1::uuid[], $2::text[]) as node (report_id, person)
  union
  select held.report_id, held.person
  from unnest($3::text[], $4::text[], $5::text[]) as value (kind, value, role)
  cross join lateral (
    select linking_key.report_id, linking_key.person from linking_key
    join subject_member on subject_member.report_id = linking_key.report_id and subject_member.person = linking_key.person
    where linking_key.kind = value.kind and linking_key.value = value.value and linking_key.role = value.role
      and linking_key.strength = 'strong' and linking_key.report_id is distinct from $6::uuid
    order by linking_key.report_id limit 1
  ) held
  union
  select report_id, person from subject_member where report_id = $6::uuid
)
select given.report_id, given.person, null as subject from given
where not exists (
  select from subject_member where subject_member.report_id = given.report_id and subject_member.person = given.person
)
union all
select subject_member.report_id, subject_member.person, subject_member.subject
from subject_member
where subject_member.subject in (
  select own.subject from given
  join subject_member own on own.report_id = given.report_id and own.person = given.person
)
