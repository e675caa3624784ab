-- What a person has decided about, the newest first, with what it matched; near copies that were decided with another go with that one.
-- Index media_file_decided.
select encode(file.sha256, 'hex') as sha256, file.state as decision, file.grade, file.viewed_in_full, file.decided_at,
  (select coalesce(json_agg(m.found order by m.found ->> 'match', (m.found ->> 'distance')::integer, m.bank_id, m.entry_key), '[]')
    from media_match m where m.sha256 = file.sha256 and m.action <> 'nothing') as matches
from media_file file
where file.decided_by = $1 and file.decided_like is null
  and ($2::timestamptz is null or (file.decided_at, file.sha256) < ($2::timestamptz, $3::bytea))
order by file.decided_at desc, file.sha256 desc limit $4
