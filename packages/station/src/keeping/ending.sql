-- What ends by $1 and waits for a decision, one row a week (Monday, UTC). Index keeping_ends.
select to_char(date_trunc('week', content_until at time zone 'UTC'), 'YYYY-MM-DD') as week, min(content_until) as first,
  (array_agg(report_id order by content_until, report_id))[1] as report_id
from keeping where let_go is null and content_until <= $1::timestamptz
group by week order by week
