-- One page of what changed in banks after $2 and up to $3, in the order of ids from $4 on: an entry that changes meanwhile leaves the window
-- and comes in a later one, so nothing is passed over. Index bank_entry_changed.
select entry.id, entry.key, entry.said, entry.gone, entry.changed_at,
  (select json_agg(json_build_array(signal.kind, encode(signal.value, 'hex')) order by signal.id)
    from bank_signal signal where signal.entry_id = entry.id and not signal.gone) as signals
from bank_entry entry
where entry.bank_id = any($1::text[]) and entry.changed_at > $2 and entry.changed_at <= $3 and entry.id > $4
order by entry.id limit $5
