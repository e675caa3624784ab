-- Files that wait and look like one file, the nearest first: whoever decides about that one may decide about these with it.
-- Waiting files are few, by media_file_waiting; comparing each of them is some microseconds.
select encode(sha256, 'hex') as sha256, bit_count(pdq # $2::bit(256))::integer as distance, size, format
from media_file
where state = 'waiting' and sha256 <> $1 and pdq is not null and pdq_quality >= $3
  and (leased_by is null or leased_until < $4) and shown_to is null
  and bit_count(pdq # $2::bit(256)) <= $5
order by 2, 1
limit $6
