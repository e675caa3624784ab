-- Banks with how much is in them: entries and hashes that stand, tombstones, and when a source's word last changed anything. Counts read the
-- whole of bank_entry and bank_signal: a second or two for a million entries, asked for by people and not by doors.
select bank.*, coalesce(entries.standing, 0)::integer as entries, coalesce(entries.gone, 0)::integer as tombstones, entries.changed_at,
  coalesce(signals.md5, 0)::integer as md5, coalesce(signals.sha1, 0)::integer as sha1,
  coalesce(signals.sha256, 0)::integer as sha256, coalesce(signals.pdq, 0)::integer as pdq
from bank
left join (
  select bank_id, count(*) filter (where not gone) as standing, count(*) filter (where gone) as gone, max(changed_at) as changed_at
  from bank_entry group by bank_id
) entries on entries.bank_id = bank.id
left join (
  select entry.bank_id, count(*) filter (where signal.kind = 'md5') as md5, count(*) filter (where signal.kind = 'sha1') as sha1,
    count(*) filter (where signal.kind = 'sha256') as sha256, count(*) filter (where signal.kind = 'pdq') as pdq
  from bank_signal signal join bank_entry entry on entry.id = signal.entry_id where not signal.gone group by entry.bank_id
) signals on signals.bank_id = bank.id
order by bank.name, bank.id
