-- An entry as pages show it, with whether a file that has one of its hashes would match now. Whoever asks adds which one.
select entry.id, entry.key, entry.said, entry.gone, entry.changed_at, bank.id as bank_id, bank.name as bank_name, bank.source, bank.trust,
  bank.quality, bank.semantics,
  case
    when entry.gone then 'taken-back'
    when not bank.enabled then 'bank-off'
    when (bank.categories is null or entry.said -> 'categories' ?| bank.categories)
      and (bank.tags is null or entry.said -> 'tags' ?| bank.tags)
      and (bank.members is null or entry.said #>> '{member,id}' = any(bank.members)) then 'yes'
    else 'part-off'
  end as matches
from bank_entry entry join bank on bank.id = entry.bank_id
