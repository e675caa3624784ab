-- What the matcher found, as it stands now: only hashes that their entries still have, of the parts of banks that match. The matcher may be
-- behind by a moment; this is not. Index bank_signal_pkey; at most a few thousand ids.
select signal.id, signal.kind, encode(signal.value, 'hex') as value,
  case when signal.kind = 'pdq' then coalesce(signal.semantics, bank.semantics) end as semantics, signal.quality,
  entry.id as entry_id, entry.key, entry.said, entry.revision, entry.changed_at,
  bank.id as bank_id, bank.name, bank.source, bank.trust, bank.threshold
from bank_signal signal join bank_entry entry on entry.id = signal.entry_id join bank on bank.id = entry.bank_id
where signal.id = any($1::bigint[]) and not signal.gone and bank.enabled
  and (signal.quality is null or signal.quality >= bank.quality)
  and (bank.categories is null or entry.said -> 'categories' ?| bank.categories)
  and (bank.tags is null or entry.said -> 'tags' ?| bank.tags)
  and (bank.members is null or entry.said #>> '{member,id}' = any(bank.members))
