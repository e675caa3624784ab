-- What linking needs of one report, in one round trip: the report, what was claimed about it since it came, the keys that it has, and
-- how many sightings. Served by the primary key of report, claim_report (report_id, position), linking_key_report (report_id) and the
-- primary key of sighting (report_id, place).
select report.content, report.received_at,
  (
    select coalesce(json_agg(json_build_object(
      'about', claim.about, 'source', claim.source, 'states', claim.states
    ) order by claim.position), '[]')
    from claim where claim.report_id = report.id
  ) as claims,
  (
    select coalesce(json_agg(linking_key.detail order by linking_key.id), '[]')
    from linking_key where linking_key.report_id = report.id
  ) as keys,
  (select count(*)::integer from sighting where sighting.report_id = report.id) as sightings,
  -- Addresses in answers that came with the report.
  array(
    select distinct event #>> '{event,ip,address}'
    from carried_answer cross join jsonb_array_elements(carried_answer.record -> 'events') as event
    where carried_answer.report_id = report.id and event #>> '{event,ip,address}' is not null
  ) as carried
from report where report.id = $1
