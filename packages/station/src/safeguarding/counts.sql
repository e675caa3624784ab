-- What stands above the queue about children: one JSON value. Indexes report_queue_safeguarding and safeguarding_open serve it.
select json_build_object(
    'lane', (select count(*)::integer from report where status = 'new' and lane = 'safeguarding-first'),
    'open', (select count(*)::integer from safeguarding where state in ('undecided', 'decided')),
    'overdue', (
      select count(*)::integer from safeguarding where state in ('undecided', 'decided') and due_at <= $1::timestamptz
    )
  )
