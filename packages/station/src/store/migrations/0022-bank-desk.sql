-- What the desk shows of banks: how much is in each and in each of its parts, hashes that went, and what sources let themselves be told.

-- Kept with every change of an entry: counting a bank of millions takes seconds, and a page is looked at often.
create table bank_tally (
  bank_id text primary key references bank (id),
  live bigint not null,
  gone bigint not null,
  changed_at timestamptz not null
);
insert into bank_tally
select bank_id, count(*) filter (where not gone), count(*) filter (where gone), max(changed_at) from bank_entry group by bank_id;

-- What a bank can be switched on by in part, with how many entries stand in it now. What has none is not here.
create table bank_part (
  bank_id text not null references bank (id),
  sort text not null check (sort in ('category', 'tag', 'member')),
  value text not null,
  -- What the source calls a member.
  name text,
  live bigint not null,
  primary key (bank_id, sort, value)
);
insert into bank_part
select bank_id, 'category', value, null, count(*) from bank_entry, jsonb_array_elements_text(said -> 'categories') value
where not gone group by bank_id, value
union all
select bank_id, 'tag', value, null, count(*) from bank_entry, jsonb_array_elements_text(said -> 'tags') value
where not gone group by bank_id, value
union all
select bank_id, 'member', said #>> '{member,id}', max(said #>> '{member,name}'), count(*) from bank_entry
where not gone and said ? 'member' group by bank_id, said #>> '{member,id}';

create index bank_by_name on bank (name, id);
-- Which banks had a hash once.
create index bank_signal_was on bank_signal (kind, value) where gone;

-- Why somebody may disagree, by the source's own list: nothing else is ever sent as a reason, and what was said is shown by its name.
create table bank_reason (
  bank_id text not null references bank (id),
  kind text not null check (kind in ('md5', 'sha1', 'sha256', 'pdq')),
  reason text not null,
  name text not null,
  -- In the source's order.
  place integer not null,
  -- Whether it stands in the source's newest list.
  listed boolean not null,
  listed_at timestamptz not null,
  primary key (bank_id, kind, reason)
);

-- What a person has decided about, the newest first; near copies that they decided unseen go with the one that they saw.
create index media_file_decided on media_file (decided_by, decided_at, sha256) where decided_by is not null and decided_like is null;
