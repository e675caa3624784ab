-- The safeguarding referrals of the report at hand, as a part of a statement over `report`: one JSON list.
select coalesce(json_agg(json_build_object(
    'id', own.id, 'authority', own.authority, 'authorityName', own.authority_name, 'contact', own.contact,
    'urgency', own.urgency, 'dueAt', own.due_at, 'reason', own.reason, 'state', own.state,
    'decidedBy', decider.name, 'decidedAt', own.decided_at,
    'toldBy', teller.name, 'toldAt', own.told_at, 'toldHow', own.told_how, 'takenBy', own.taken_by, 'reference', own.reference,
    'late', own.told_at > own.due_at,
    'acknowledgedBy', hearer.name, 'acknowledgedAt', own.acknowledged_at, 'answeredBy', own.answered_by, 'answer', own.answer,
    'withdrawnBy', withdrawer.name, 'withdrawnAt', own.withdrawn_at, 'withdrawnReason', own.withdrawn_reason
  ) order by own.decided_at), '[]')
from safeguarding_referral own
join person decider on decider.id = own.decided_by
left join person teller on teller.id = own.told_by
left join person hearer on hearer.id = own.acknowledged_by
left join person withdrawer on withdrawer.id = own.withdrawn_by
where own.report_id = report.id
