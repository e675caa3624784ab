-- What happened to the reports that reports from chats became, and their reporters have not been told. Index chat_report_reference finds
-- those reports, the primary keys of outcome and chat_report_step and the unique index of referral the rest.
select report.id as report_id, told.at, told.what, told.source
from chat_report report
cross join lateral (
  select referral.delivered_at as at, 'with-authorities' as what, 'referral:' || referral.id as source
  from referral where referral.report_id = report.reference and referral.state = 'delivered'
  union all
  select outcome.recorded_at, outcome.kind, 'outcome:' || outcome.id
  from outcome where outcome.report_id = report.reference
) told
where report.reference is not null
  and not exists (
    select from chat_report_step step where step.report_id = report.id and step.source = told.source
  )
