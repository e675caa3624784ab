-- Of these reports ($1) and the others of their subjects, those whose assessment rests on another tier or activity of their subjects than
-- what these have now, where that can change it: a link lifts what is less urgent, an older reason for it is named as long as it
-- stands, and the newest activity decides whether a level 4 stands or a level 3 lacks only that. The two best of each are enough to
-- say what every member reads of the others. And those that read other addresses of the others than these have now: of a subject, only
-- addresses that differ by the order of their characters are held against each other, and hardly any subject has such.
with touched as (
  select unnest($1::uuid[]) as id
  union
  select other.report_id from subject_member own
  join subject_member other on other.subject = own.subject
  where own.report_id = any($1::uuid[])
), mine as (
  select distinct subject_member.report_id, subject_member.subject, subject_member.activity_at
  from touched join subject_member on subject_member.report_id = touched.id
), best as (
  select whole.subject,
    (array_agg(member.tier order by member.tier) filter (where member.tier is not null))[1:2] as tiers,
    (array_agg(member.activity_at order by member.activity_at desc) filter (where member.activity_at is not null))[1:2] as times
  from (select distinct subject from mine) whole
  cross join lateral (
    select of_whole.activity_at, linked.tier
    from (select distinct report_id, activity_at from subject_member where subject = whole.subject) of_whole
    cross join lateral (select report.tier from report where report.id = of_whole.report_id offset 0) linked
  ) member
  group by whole.subject
), held as materialized (
  select member.subject, member.report_id, own.address, own.twin, own.compared,
    own.person = member.person or (member.person = '' and own.person <> '') as linked
  from (select distinct subject from mine) whole
  join subject_member member on member.subject = whole.subject
  cross join lateral (
    select report_address.person, report_address.address, report_address.twin, report_address.compared from report_address
    where report_address.report_id = member.report_id offset 0
  ) own
), alike as (
  select subject, twin from held group by subject, twin having min(address) <> max(address)
), compared as (
  select own.report_id, array_agg(distinct theirs.address order by theirs.address) as addresses
  from alike
  join held own on own.subject = alike.subject and own.twin = alike.twin and own.compared
  join held theirs on theirs.subject = alike.subject and theirs.twin = alike.twin and theirs.linked
  where theirs.report_id <> own.report_id and theirs.address <> own.address
  group by own.report_id
), reads as (
  select report.id, report.tier, report.level, report.read_tier, report.read_activity,
    report.read_addresses is distinct from (
      select compared.addresses from compared where compared.report_id = report.id
    ) as reads_others,
    min(case when report.tier = best.tiers[1] then best.tiers[2] else best.tiers[1] end) as now_tier,
    max(case when mine.activity_at = best.times[1] then best.times[2] else best.times[1] end) as now_activity
  from touched
  join report on report.id = touched.id
  left join mine on mine.report_id = touched.id
  left join best on best.subject = mine.subject
  group by report.id
)
select reads.id from reads
where reads.tier is not null and (
  reads.reads_others
  or (
    reads.now_tier is distinct from reads.read_tier
    and (reads.tier > reads.now_tier or reads.tier >= reads.read_tier)
  )
  or (reads.level = 4 and reads.read_activity is not null
    and (reads.now_activity is null or reads.now_activity < reads.read_activity))
  or (
    reads.level = 3 and reads.now_activity is not null
    and (reads.read_activity is null or reads.now_activity > reads.read_activity)
    and (
      select assessment.result #>> '{sufficiency,flags,current}' from assessment
      where assessment.report_id = reads.id order by assessment.id desc limit 1
    ) = 'false'
  )
)
order by reads.id
