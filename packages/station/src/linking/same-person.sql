-- Reports that strong links join to each given one, the given one included: the subject, derived, never stored.
-- Nodes are persons of reports. Served by the primary key of link (a, a_person, …) and index link_b (b, b_person).
with recursive reach (start, id, person) as (
  select given.id, given.id, node.person
  from unnest($1::uuid[]) as given (id)
  cross join lateral (
    select link.a_person as person from link where link.a = given.id and link.strength = 'strong' and link.removed_at is null
    union
    select link.b_person from link where link.b = given.id and link.strength = 'strong' and link.removed_at is null
  ) node
  union
  select reach.start, neighbour.id, neighbour.person
  from reach
  cross join lateral (
    select link.b as id, link.b_person as person from link
    where link.a = reach.id and link.a_person = reach.person and link.strength = 'strong' and link.removed_at is null
    union all
    select link.a, link.a_person from link
    where link.b = reach.id and link.b_person = reach.person and link.strength = 'strong' and link.removed_at is null
  ) neighbour
)
select distinct start, id from reach
