-- What stands above the queue: how many reports there are of each status and tier, and what has not arrived at a peer yet.
select
  (
    select coalesce(json_agg(counted), '[]') from (
      select status, case when status = 'new' then tier end as tier, count(*)::integer as n from report group by 1, 2
    ) counted
  ) as reports,
  (select count(*)::integer from referral where state <> 'delivered')
    + (select count(*)::integer from outcome_return where state <> 'delivered') as waiting
