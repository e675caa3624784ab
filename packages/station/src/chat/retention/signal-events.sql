-- What accounts did to young people before $1: no rule looks back so far. Served by signal_event_at.
delete from signal_event where id in (
  select id from signal_event where at < $1 and $2::timestamptz is not null order by at limit $3
)
