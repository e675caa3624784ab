-- Gives one person the next file and nobody else the same: first what they have seen, then what they have in hand, then who waits
-- longest, by media_file_waiting. A file that somebody has seen is theirs alone.
with next as (
  select sha256 from media_file
  where state = 'waiting' and (shown_to is null or shown_to = $1)
    and (leased_by is null or leased_by = $1 or leased_until < $2)
  order by (shown_to is not distinct from $1::uuid) desc, (leased_by is not distinct from $1::uuid) desc, first_at, sha256
  limit 1 for update skip locked
)
update media_file set leased_by = $1, leased_until = $3 from next where media_file.sha256 = next.sha256
returning media_file.sha256
