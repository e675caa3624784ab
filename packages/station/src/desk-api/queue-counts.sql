-- What stands above the queue: how many reports there are of each status and tier, what has not arrived at a peer yet, and the
-- requests that wait for an answer at the time $1 (index request_due).
select
  (
    select coalesce(json_agg(counted), '[]') from (
      select status, case when status = 'new' then tier end as tier,
        status = 'new' and coalesce(/*behind*/, false) as behind, count(*)::integer as n
      from report group by 1, 2, 3
    ) counted
  ) as reports,
  (
    select json_build_object(
      'open', count(*) filter (where coalesce(answerable_until > $1::timestamptz, true)),
      'overdue', count(*) filter (
        where answer_by < $1::timestamptz and coalesce(answerable_until > $1::timestamptz, true)
      )
    )
    from request where state in ('sent', 'answered-in-part')
  ) as requests,
  (select count(*)::integer from referral where open)
    + (select count(*)::integer from outcome_return where open) as waiting,
  (/*children*/) as children,
  (/*conflicts*/) as conflicts,
  (/*bursts*/) as bursts
