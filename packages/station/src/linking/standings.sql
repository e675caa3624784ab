-- What each of these values ($1 kinds, $3 values) is by now, for each role that two reports or more hold it strongly in. $2 is the
-- most holders that one may have. Holders are walked from one to the next through index linking_key_value (kind, value, holder), so
-- that a value with 20,000 of them costs as many steps as the cap; who holds it strongly is served by index linking_key_strong.
with recursive given as materialized (
  select distinct kind, value from unnest($1::text[], $3::text[]) as pair (kind, value)
), walk (kind, value, holder, n) as (
  select given.kind, given.value, first.holder, 1
  from given
  cross join lateral (
    select linking_key.holder from linking_key
    where linking_key.kind = given.kind and linking_key.value = given.value
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
), counted as (
  select kind, value, max(n) as holders from walk group by kind, value
)
select counted.kind, counted.value, role.role, counted.holders,
  case
    when exists (
      select from link_decision
      where link_decision.kind = 'never-link' and link_decision.undone_at is null
        and link_decision.value_kind = counted.kind and link_decision.value = counted.value
    ) then 'never-listed'
    when counted.holders > $2::integer then 'common'
    when exists (
      select from link_decision
      join linking_key a on a.kind = counted.kind and a.value = counted.value and a.role = role.role and a.strength = 'strong'
        and a.report_id = link_decision.a_report and a.person = link_decision.a_person
      join linking_key b on b.kind = counted.kind and b.value = counted.value and b.role = role.role and b.strength = 'strong'
        and b.report_id = link_decision.b_report and b.person = link_decision.b_person
      where link_decision.kind = 'different' and link_decision.undone_at is null
    ) then 'different-persons'
    else 'joins'
  end as standing
from counted
cross join unnest(array['suspect', 'victim']) as role (role)
cross join lateral (
  select linking_key.report_id from linking_key
  where linking_key.kind = counted.kind and linking_key.value = counted.value and linking_key.role = role.role
    and linking_key.strength = 'strong'
  order by linking_key.report_id limit 1
) first
cross join lateral (
  select linking_key.report_id from linking_key
  where linking_key.kind = counted.kind and linking_key.value = counted.value and linking_key.role = role.role
    and linking_key.strength = 'strong'
  order by linking_key.report_id desc limit 1
) last
where first.report_id <> last.report_id
