-- One file of the queue as its reviewer sees it before anything is opened; by the primary key and media_post_file.
select encode(f.sha256, 'hex') as sha256, f.size, f.format, f.first_at, f.shown_at, f.leased_until, f.pdq, f.pdq_quality,
  (select coalesce(json_agg(m.found order by m.found ->> 'match', (m.found ->> 'distance')::integer), '[]')
    from media_match m where m.sha256 = f.sha256 and m.action <> 'nothing') as matches,
  (select json_build_object(
      'posts', count(*),
      'accounts', count(distinct (p.account, p.context -> 'account' ->> 'id')),
      'isPublic', bool_or((p.context ->> 'public')::boolean),
      'first', (array_agg(p.context ->> 'at' order by p.at))[1],
      'where', (array_agg(p.context ->> 'where' order by p.at))[1],
      'name', (array_agg(p.context ->> 'fileName' order by p.at))[1])
    from media_post p where p.sha256 = f.sha256) as posted,
  exists (select from media_post p where p.sha256 = f.sha256 and p.object_name is not null) as present
from media_file f
where f.sha256 = $1
