-- Everything that goes into a report's package but the evidence's bytes, in one round trip.
select report.id, report.content, report.number, report.handed_by, report.received_at, inbound_package.envelope,
  (/*claims*/) as claims,
  (/*answers*/) as answers,
  -- Only what this station holds.
  (
    select coalesce(json_agg(json_build_object(
      'id', evidence.id, 'object', evidence.object_name, 'sha256', encode(evidence.sha256, 'hex'),
      'md5', encode(evidence.md5, 'hex'), 'size', evidence.size, 'media_type', evidence.media_type
    ) order by evidence.position), '[]')
    from evidence
    where evidence.report_id = report.id and evidence.object_name is not null and evidence.sha256 is not null
      and evidence.size is not null
  ) as evidence
from report
left join inbound_package on inbound_package.id = report.inbound_package
where report.id = $1
