-- Keeps an assessment, unless another one of the same report was kept since this one read what it rests on ($6): whoever waited
-- here for the other's commit looks at the row anew. Without a result ($8) only the report's place in the queue changes.
with kept as (
  update report set level = $2::smallint, tier = $3::smallint, queue_key = $4,
    -- Never the same twice, however often a report is assessed within one tick of the clock.
    assessed_at = greatest($5::timestamptz, assessed_at + interval '1 microsecond')
  where id = $1 and assessed_at is not distinct from $6::timestamptz
  returning id
), added as (
  insert into assessment (report_id, at, rule_version, level, tier, result)
  select id, $5::timestamptz, $7, $2::smallint, $3::smallint, $8::jsonb from kept where $8::jsonb is not null
)
select id from kept
