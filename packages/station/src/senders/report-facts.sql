-- What a sender's scorecard takes from reports (the caller says which). Index evidence_sha256 counts who else holds its files.
select report.id, report.content, report.received_at,
  (/*claims*/) as claims,
  (
    select coalesce(json_agg(json_build_object('kind', outcome.kind, 'detail', outcome.detail)), '[]')
    from outcome where outcome.report_id = report.id
  ) as outcomes,
  (
    select coalesce(max(held.n), 0)::integer from evidence own
    cross join lateral (
      select count(distinct other.report_id) as n from (
        select evidence.report_id from evidence
        where evidence.sha256 = own.sha256 and evidence.report_id <> own.report_id limit 1000
      ) other
    ) held
    where own.report_id = report.id and own.kind = 'file'
  ) as holders
from report
