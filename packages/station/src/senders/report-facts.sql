-- What a sender's scorecard takes from reports (the caller says which).
select report.id, report.content, report.received_at,
  (/*claims*/) as claims,
  (
    select coalesce(json_agg(json_build_object('kind', outcome.kind, 'detail', outcome.detail)), '[]')
    from outcome where outcome.report_id = report.id
  ) as outcomes,
  (/*campaign*/) is not null as viral
from report
