-- Everything that says how long one report is kept, as one row; each part reads its index by report. $1 report.
select case when report.erased_by is null then report.status else 'erased' end as status, report.door, report.received_at, report.content #>> '{sender,name}' as sender,
  (select issued_at from uk_report where report_id = report.id) as uk_issued_at,
  (
    select coalesce(json_agg(json_build_object(
        'id', event.referral_id, 'started', event.started, 'at', event.at, 'peer', peer.name
      ) order by event.at, event.referral_id, event.started), '[]')
    from keeping_event event join referral on referral.id = event.referral_id join peer on peer.id = referral.peer_id
    where event.report_id = report.id
  ) as events,
  (
    select coalesce(json_agg(json_build_object(
        'id', hold.id, 'kind', hold.kind, 'authority', hold.authority, 'reference', hold.reference, 'placedBy', hold.placed_by,
        'steps', (
          select json_agg(json_build_object(
              'to', step.moved, 'at', step.at, 'by', person.name, 'reason', step.reason, 'lastDay', step.last_day,
              'zone', step.zone, 'until', step.until
            ) order by step.position)
          from hold_step step join person on person.id = step.by where step.hold_id = hold.id
        )
      ) order by hold.id), '[]')
    from hold where hold.report_id = report.id
  ) as holds,
  (
    select coalesce(json_agg(json_build_object(
        'id', decision.id, 'kind', decision.kind, 'at', decision.decided_at, 'by', person.name, 'reason', decision.reason,
        'lastDay', decision.last_day, 'zone', decision.zone, 'until', decision.until
      ) order by decision.position), '[]')
    from keeping_decision decision join person on person.id = decision.decided_by where decision.report_id = report.id
  ) as decisions
from report where report.id = $1
