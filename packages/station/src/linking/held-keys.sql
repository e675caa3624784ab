-- The keys of other reports than $1 with these kinds ($2) and values ($3), each with the number of different holders of its value,
-- $1's own included. A value with more holders than $4 is nobody's: counting stops there, and those who hold it are not read.
-- `offset 0` keeps the two steps apart. Both are served by index linking_key_value (kind, value, holder): of a value with 20,000
-- holders 26 entries are read.
with useful as materialized (
  select given.kind, given.value, counted.holders
  from (select distinct kind, value from unnest($2::text[], $3::text[]) as pair (kind, value)) as given
  cross join lateral (
    select count(*)::integer as holders
    from (
      select distinct linking_key.holder from linking_key
      where linking_key.kind = given.kind and linking_key.value = given.value
      limit $4::bigint + 1
    ) as first
  ) as counted
  where counted.holders <= $4::bigint
)
select useful.holders, other.detail, other.report_id, other.received_at
from useful
cross join lateral (
  select linking_key.detail, linking_key.report_id, report.received_at
  from linking_key
  join report on report.id = linking_key.report_id
  where linking_key.kind = useful.kind and linking_key.value = useful.value and linking_key.report_id <> $1
  offset 0
) as other
