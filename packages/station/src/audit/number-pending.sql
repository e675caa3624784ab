-- Gives pending leaves their places in the tree, in the order in which they were written. Index leaf_pending finds them;
-- the unique index on leaf.index finds the last place in one step.
update leaf set index = numbered.place
from (
  select pending.id, (select coalesce(max(index), -1) from leaf) + row_number() over (order by pending.position) as place
  from (select id, position from leaf where index is null order by position limit $1) pending
) numbered
where leaf.id = numbered.id
returning leaf.id, leaf.kind, leaf.at, leaf.commitment, leaf.index
