-- Bursts as the desk shows them, each as one JSON value: a part of statements that choose among them by its columns. Indexes
-- format_burst_sender and format_burst_unsettled serve those, the primary key of format_mark and format_mark_open the counts.
select burst.sender, burst.opened_at, burst.settled_at, json_build_object(
    'id', burst.id, 'field', burst.field, 'beganAt', burst.began_at, 'openedAt', burst.opened_at, 'recoveredAt', burst.recovered_at,
    'before', json_build_object('count', burst.before_count, 'of', burst.before_of),
    'now', json_build_object('count', burst.now_count, 'of', burst.now_of),
    'reports', marks.n, 'filledLater', marks.filled,
    'settled', case when burst.settled_at is not null then json_build_object(
      'at', burst.settled_at, 'how', burst.settled_how, 'by', settler.name, 'reason', burst.settled_reason
    ) end
  ) as shown
from format_burst burst
left join person settler on settler.id = burst.settled_by
cross join lateral (
  select count(*)::integer as n, count(filled_by)::integer as filled from format_mark where format_mark.burst_id = burst.id
) marks
