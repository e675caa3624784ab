-- Gives a report ($1) these keys ($2, a list in JSON) and no others.
with gone as (
  delete from linking_key where report_id = $1
)
insert into linking_key (report_id, kind, value, holder, detail)
select $1, key.detail ->> 'kind', key.detail ->> 'value', key.detail ->> 'holder', key.detail
from jsonb_array_elements($2::jsonb) as key (detail)
