-- The arrivals of the matter of report $1, itself included, the first hundred and the report, in their order; alone it is itself.
select member.id as report, member.number::text as number, member.door, member.handed_by, member.handed_reference,
  member.received_at, member.status, member.tier, member.content #>> '{sender,name}' as sender,
  member.content #>> '{incident,occurred,at}' as occurred_at,
  member.same_as, uk_report.reference as uk_reference,
  array(
    select distinct held.part from arrival_key held
    where held.report_id = member.id and held.part like 'same-%' and exists (
      select from arrival_key own where own.report_id = $1 and own.part = held.part and own.key = held.key
    ) order by held.part
  ) as shared,
  -- Which of them it names.
  array(
    select distinct named.report_id from arrival_key naming
    join arrival_key named on named.key = naming.key and named.part = 'name' and named.report_id <> member.id
    join report original on original.id = named.report_id and original.matter = member.matter
    where naming.report_id = member.id and naming.part = 'naming'
  ) as names,
  array(select distinct outcome.kind from outcome where outcome.report_id = member.id order by outcome.kind) as outcomes,
  array(
    select distinct peer.name from referral join peer on peer.id = referral.peer_id
    where referral.report_id = member.id order by peer.name
  ) as referred
from report
join report member on member.id = report.id or member.matter = report.matter
left join uk_report on uk_report.report_id = member.id
where report.id = $1
order by member.id = report.id desc, member.received_at, member.id
limit 101
