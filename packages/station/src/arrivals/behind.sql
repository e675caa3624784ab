-- Whether a new report stands behind another row of the queue: one of its matter that is worked first, or the same report that
-- somebody has worked already and that was no less urgent and no less a child's. What adds to a report that was worked stands by
-- itself, and so does one that assessment has not reached. Index report_matter serves it.
report.matter is not null and (
  exists (
    select from report worked
    where worked.matter = report.matter and worked.same_as = report.same_as and worked.status <> 'new'
      and worked.tier <= report.tier and worked.lane is not distinct from report.lane
  )
  or exists (
    select from report ahead
    where ahead.matter = report.matter and ahead.status = 'new' and ahead.lane is not distinct from report.lane
      and (coalesce(ahead.queue_key, ''), ahead.id) < (coalesce(report.queue_key, ''), report.id)
      -- One that is not in the queue itself has nobody behind it.
      and not exists (
        select from report worked
        where worked.matter = ahead.matter and worked.same_as = ahead.same_as and worked.status <> 'new'
          and worked.tier <= ahead.tier and worked.lane is not distinct from ahead.lane
      )
  )
)
