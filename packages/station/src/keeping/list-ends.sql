-- Reports by the end of their keeping: a part of statements that choose among them. Indexes keeping_ends and keeping_let_go serve those.
select keeping.report_id as report, report.number::text, report.status, report.tier, report.content #>> '{sender,name}' as sender,
  keeping.content_until as until, keeping.content_by as by, person.name as decided_by, decision.decided_at, decision.reason
from keeping
join report on report.id = keeping.report_id
left join keeping_decision decision on decision.id = keeping.let_go
left join person on person.id = decision.decided_by
