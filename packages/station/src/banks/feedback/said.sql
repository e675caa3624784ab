-- What people have decided that the sources of entries are told, with the names of its reasons and how its delivery stands. Index
-- bank_feedback_entry.
select feedback.id, feedback.entry_id, signal.kind, feedback.opinion, feedback.note, person.name as by, feedback.decided_at,
  feedback.stage, feedback.trouble, feedback.last_error, feedback.attempts, feedback.next_attempt_at, feedback.delivered_at,
  (select coalesce(json_agg(coalesce(listed.name, given.reason) order by given.place), '[]')
    from unnest(feedback.reasons) with ordinality as given (reason, place)
    left join bank_reason listed on listed.bank_id = feedback.peer_id and listed.kind = signal.kind and listed.reason = given.reason) as reasons
from bank_feedback feedback
join bank_signal signal on signal.id = feedback.signal_id
join person on person.id = feedback.decided_by
where feedback.entry_id = any($1::uuid[])
order by feedback.decided_at desc, feedback.id desc
