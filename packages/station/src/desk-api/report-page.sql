-- Everything that a report's page shows, in one round trip. Lists come as JSON, whose instants end in "+00:00".
select report.erased_by::text, report.door, report.handed_by, report.number, report.return_to, report.content, report.received_at, report.status, report.lane,
  report.tier, report.level,
  (select assessment.result from assessment where assessment.report_id = report.id order by assessment.id desc limit 1) as assessment,
  coalesce((select counted.others from (/*same-person*/) as counted), 0) as same_person,
  (/*campaign*/) as campaign,
  (/*left-empty*/) as left_empty,
  (/*claims*/) as claims,
  (/*requests*/) as requests,
  (/*safeguarding*/) as safeguarding,
  (/*safeguarding-referrals*/) as safeguarding_referrals,
  (/*pages*/) as pages,
  (
    select coalesce(json_agg(json_build_object(
      'id', own.id, 'kind', own.kind, 'name', own.name, 'media_type', own.media_type, 'size', own.size,
      'sha256', encode(own.sha256, 'hex'), 'present', own.object_name is not null,
      'seen_before', (
        select count(*) from evidence other where other.sha256 = own.sha256 and other.report_id <> own.report_id
      )
    ) order by own.position), '[]')
    from evidence own where own.report_id = report.id
  ) as evidence,
  (
    select coalesce(json_agg(json_build_object(
      'attestation_id', proof.attestation_id, 'bundle_id', proof.bundle_id, 'state', proof.state, 'code', proof.code,
      'checked_at', proof.checked_at, 'key_ids', proof.key_ids, 'attestation', proof.attestation
    ) order by proof.checked_at, proof.attestation_id), '[]')
    from proof where proof.report_id = report.id
  ) as proofs,
  (
    select coalesce(json_agg(json_build_object(
      'id', leaf.id, 'kind', leaf.kind, 'at', leaf.at, 'actor', leaf.actor, 'name', person.name,
      'index', leaf.index::text, 'body', leaf.body
    ) order by leaf.position), '[]')
    from leaf
    left join person on person.id = case when leaf.actor like 'person:%' then substr(leaf.actor, 8)::uuid end
    where leaf.report_id = report.id
  ) as leaves,
  (
    select coalesce(json_agg(json_build_object(
      'id', referral.id, 'peer', referral.peer_id, 'peer_name', peer.name, 'agency', referral.agency,
      'reason', referral.reason, 'person_name', person.name, 'decided_at', referral.decided_at,
      'state', referral.state, 'attempts', referral.attempts, 'last_error', referral.last_error,
      'next_attempt_at', referral.next_attempt_at, 'delivered_at', referral.delivered_at,
      'remote_reference', referral.remote_reference
    ) order by referral.decided_at), '[]')
    from referral join peer on peer.id = referral.peer_id join person on person.id = referral.decided_by
    where referral.report_id = report.id
  ) as referrals,
  (
    select coalesce(json_agg(json_build_object(
      'id', outcome.id, 'kind', outcome.kind, 'detail', outcome.detail, 'recorded_at', outcome.recorded_at,
      'origin', outcome.origin, 'person_name', person.name, 'peer_name', peer.name, 'state', back.state,
      'last_error', back.last_error
    ) order by outcome.recorded_at), '[]')
    from outcome
    left join outcome_return back on back.report_id = outcome.report_id and back.outcome_id = outcome.id
    left join person on person.id = outcome.recorded_by
    left join peer on peer.id = back.peer_id
    where outcome.report_id = report.id
  ) as outcomes,
  (
    select coalesce(json_agg(json_build_object(
      'id', peer.id, 'name', peer.name, 'wire', peer.wire, 'agencies', peer.agencies, 'countries', peer.countries
    ) order by peer.name), '[]')
    from peer where peer.valid_to is null
  ) as peers
from report where report.id = $1
