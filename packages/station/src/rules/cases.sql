-- A part of a station's assessed reports in the order of their ids, with what came of each. $1 the last id before, $2 how many.
select report.id, report.number::text, report.assessed_at,
  (
    select coalesce(json_agg(json_build_object('kind', outcome.kind, 'detail', outcome.detail)), '[]')
    from outcome where outcome.report_id = report.id
  ) as outcomes
from report
where report.assessed_at is not null and report.erased_by is null and ($1::uuid is null or report.id > $1::uuid)
order by report.id limit $2
