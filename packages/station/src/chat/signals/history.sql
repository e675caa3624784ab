-- What the rules look at of account $1, oldest first: what this station did not bring about itself, since $2 and since a person last
-- lifted everything. Served by signal_event_account and safety_decision_account.
select kind, other, band, common, at
from signal_event
where account = $1 and not induced and at > $2
  and at > coalesce(
    (select max(decided_at) from safety_decision where account = $1 and decision = 'lift'), '-infinity')
order by at, id
