-- Holds that stand at $1, the one that ends first on top; those without an end are last. Index hold_due. $2 and $3 the cursor, $4 how many.
select hold.report_id as report, report.number::text, report.status, report.tier, report.content #>> '{sender,name}' as sender,
  hold.until, hold.due_at, hold.id as hold, hold.kind, hold.authority, hold.reference
from hold join report on report.id = hold.report_id
where hold.released_at is null and hold.due_at > $1::timestamptz
  and ($2::timestamptz is null or (hold.due_at, hold.id) > ($2::timestamptz, $3::uuid))
order by hold.due_at, hold.id limit $4
