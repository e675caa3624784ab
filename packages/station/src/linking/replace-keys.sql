-- Gives a report ($1) these keys ($2) and these addresses ($3, both lists in JSON) and no others.
with gone as (
  delete from linking_key where report_id = $1
), addresses as (
  select person, address, compared from jsonb_to_recordset($3::jsonb) as held (person text, address text, compared boolean)
), no_longer as (
  delete from report_address where report_id = $1
    and not exists (
      select from addresses where addresses.person = report_address.person and addresses.address = report_address.address
    )
), held as (
  insert into report_address (report_id, person, address, compared)
  select $1, person, address, compared from addresses
  on conflict (report_id, person, address) do update set compared = excluded.compared
)
insert into linking_key (report_id, kind, value, holder, detail)
select $1, key.detail ->> 'kind', key.detail ->> 'value', key.detail ->> 'holder', key.detail
from jsonb_array_elements($2::jsonb) as key (detail)
