-- What stands above the queue: new reports in a burst that nobody has settled, and senders whose reports are refused. Indexes
-- format_burst_unsettled and format_mark_open.
select json_build_object(
  'reports', (
    select count(distinct mark.report_id)::integer from format_burst burst
    join format_mark mark on mark.burst_id = burst.id and mark.filled_by is null
    join report on report.id = mark.report_id and report.status = 'new'
    where burst.settled_at is null
  ),
  'senders', (select count(distinct sender)::integer from format_burst where settled_at is null)
)
