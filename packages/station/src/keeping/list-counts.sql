-- How much is in each list at $1; $2 and $3 are 30 and 90 days later. Indexes keeping_ends, keeping_let_go, hold_due.
select
  (select count(*)::integer from keeping where content_until <= $1::timestamptz and let_go is null) as overdue,
  (select count(*)::integer from keeping where content_until > $1::timestamptz and content_until <= $2::timestamptz and let_go is null)
    as month,
  (select count(*)::integer from keeping where content_until > $1::timestamptz and content_until <= $3::timestamptz and let_go is null)
    as quarter,
  (select count(*)::integer from hold where released_at is null and due_at > $1::timestamptz) as held,
  (select count(*)::integer from keeping where let_go is not null) as "let-go"
