-- Of the reports that a new one was linked to, those whose assessment it can change: it lifts the tier of less urgent ones
-- (up.linked never lifts above the linked tier), and it can make one current that only lacked recent activity for L4.
select linked.id
from report linked
join report fresh on fresh.id = $1
where linked.id = any($2::uuid[])
  and (
    linked.tier > fresh.tier
    or (
      linked.level = 3
      and (
        select assessment.result #>> '{sufficiency,flags,current}' from assessment
        where assessment.report_id = linked.id order by assessment.id desc limit 1
      ) = 'false'
    )
  )
