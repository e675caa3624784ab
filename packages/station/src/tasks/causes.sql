-- Why effects stand still, one row a cause: those that have not moved since $1, and those that only a person can mend ($2 troubles, after
-- $3 attempts). Each arm of the view reads its partial index of what is open.
select cause, kind, peer_id, (case when cause like 'effect:%' then 'refused' else 'stands-still' end) as what,
  min(moved_at) as since, bool_or(for_person) as for_person, (array_agg(report_id order by moved_at, id))[1] as report_id,
  (array_agg(person order by moved_at, id))[1] as person,
  null as sender, null as sender_name, null as bank, null as bank_name
from (
  select effect.*, case when stage = 'refused' then 'effect:' || id else kind || ':' || peer_id end as cause,
    stage = 'refused' or (trouble is not null and trouble = any($2::text[]) and attempts >= $3) as for_person
  from effect where open
) standing
where moved_at <= $1 or for_person
group by cause, kind, peer_id
-- And a sender that leaves fields empty, or whose reports are refused, until somebody has settled it (index format_burst_unsettled).
union all
select 'format:' || sender, 'sender-format', null, 'format-burst', min(opened_at), true, (array_agg(report_id order by opened_at, id))[1],
  null, sender, (array_agg(name order by opened_at desc))[1], null, null
from format_burst where settled_at is null group by sender
-- And a bank whose source does not answer; a station has dozens of these at most.
union all
select 'fetch-hashes:' || exchange.bank_id, 'fetch-hashes', null, 'stands-still', exchange.failing_since,
  exchange.trouble = any($2::text[]) and exchange.attempts >= $3, null, null, null, null, bank.id, bank.name
from bank_exchange exchange join bank on bank.id = exchange.bank_id
where exchange.trouble is not null and (exchange.failing_since <= $1 or (exchange.trouble = any($2::text[]) and exchange.attempts >= $3))
-- And what people say about hashes to whoever shared them (index bank_feedback_open).
union all
select cause, 'send-feedback', null, (case when cause like 'effect:%' then 'refused' else 'stands-still' end), min(moved_at),
  bool_or(for_person), null, (array_agg(decided_by order by moved_at, id))[1], null, null, peer_id, min(name)
from (
  select feedback.*, bank.name, case when stage = 'refused' then 'effect:' || feedback.id else 'send-feedback:' || peer_id end as cause,
    stage = 'refused' or (trouble is not null and trouble = any($2::text[]) and attempts >= $3) as for_person
  from bank_feedback feedback join bank on bank.id = feedback.peer_id where feedback.open
) said
where moved_at <= $1 or for_person
group by cause, peer_id
