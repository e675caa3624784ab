-- Everything that a report's ($1) links are made from, in one round trip; no row for a report without keys. Holders are walked as in
-- standings.sql; who else holds a value is served by index linking_key_value (kind, value, holder).
with recursive own as materialized (
  select distinct kind, value from linking_key where report_id = $1
), walk (kind, value, holder, n) as (
  select own.kind, own.value, first.holder, 1
  from own
  cross join lateral (
    select linking_key.holder from linking_key
    where linking_key.kind = own.kind and linking_key.value = own.value
    order by linking_key.holder limit 1
  ) first
  union all
  select walk.kind, walk.value, next.holder, walk.n + 1
  from walk
  cross join lateral (
    select linking_key.holder from linking_key
    where linking_key.kind = walk.kind and linking_key.value = walk.value and linking_key.holder > walk.holder
    order by linking_key.holder limit 1
  ) next
  where walk.n <= $2::integer
), shared as (
  -- Each of its values, once, with how many hold it and why it links nobody where a person or its standing says so; and the newest who
  -- hold it besides, at most $3 of each, none of a value that more than $2 hold.
  select counted.kind, counted.value, counted.holders,
    exists (
      select from link_decision where link_decision.kind = 'never-link' and link_decision.undone_at is null
        and link_decision.value_kind = counted.kind and link_decision.value = counted.value
    ) as never_listed,
    array(
      select value_standing.role from value_standing
      where value_standing.kind = counted.kind and value_standing.value = counted.value
        and value_standing.standing = 'different-persons'
    ) as blocked_roles,
    (
      select coalesce(json_agg(shown), '[]') from (
        select linking_key.detail, linking_key.report_id, report.received_at, report.number::text, report.status, report.tier
        from linking_key join report on report.id = linking_key.report_id
        where linking_key.kind = counted.kind and linking_key.value = counted.value and linking_key.report_id <> $1
        order by linking_key.report_id desc
        limit case when counted.holders > $2::integer then 1 else $3::integer end
      ) shown
    ) as others
  from (select kind, value, max(n) as holders from walk group by kind, value) counted
), decided as (
  select kind, a_report, a_person, b_report, b_person from link_decision
  where kind <> 'never-link' and undone_at is null and (a_report = $1 or b_report = $1)
)
select report.received_at,
  (select json_agg(linking_key.detail order by linking_key.id) from linking_key where linking_key.report_id = report.id) as keys,
  (select coalesce(json_agg(shared), '[]') from shared) as shared,
  (select coalesce(json_agg(decided), '[]') from decided) as decided,
  (
    select coalesce(json_agg(json_build_object(
      'report_id', other.id, 'number', other.number::text, 'status', other.status, 'tier', other.tier
    )), '[]')
    from report other where other.id in (select a_report from decided union select b_report from decided)
  ) as decided_reports
from report where report.id = $1 and exists (select from linking_key where linking_key.report_id = $1)
