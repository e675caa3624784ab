-- What leaves a child waiting at this station. Indexes page_unanswered, page_call_open and safeguarding_open serve the three parts.
select late.n as unanswered, late.since as unanswered_since, stuck.n as stuck, stuck.since as stuck_since, stuck.last_error,
  overdue.n as overdue, overdue.since as overdue_since, standing.n as standing, standing.since as standing_since
from
  (select count(*)::integer as n, min(raised_at) as since from page where acknowledged_at is null and ended_at is null and raised_at <= $1) late,
  (
    select count(*)::integer as n, min(due_at) as since, max(last_error) as last_error
    from page_call where state = 'intended' and due_at <= $2
  ) stuck,
  (
    select count(*)::integer as n, min(due_at) as since
    from safeguarding where state in ('undecided', 'decided') and due_at <= $3
  ) overdue,
  (select count(*)::integer as n, min(moved_at) as since from effect where open and moved_at <= $4) standing
