-- Banks with how much is in them and how their fetching stands; whoever asks adds which ones. Counts are those of bank_tally, so that a page
-- costs the same whatever lies in a bank: with a million entries a millisecond. Index bank_by_name.
select bank.*, coalesce(tally.live, 0)::integer as live, coalesce(tally.gone, 0)::integer as gone, tally.changed_at,
  exchange.kind as exchange_kind, greatest(exchange.last_page_at, exchange.caught_up_at) as fetched_at, exchange.caught_up_at,
  exchange.failing_since, exchange.trouble, exchange.last_error, exchange.attempts, exchange.next_at
from bank
left join bank_tally tally on tally.bank_id = bank.id
left join bank_exchange exchange on exchange.bank_id = bank.id
