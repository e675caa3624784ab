-- Key packages that were stored before $1: they are made for 90 days, and one that has run out lets nobody in.
delete from chat_key_package where id in (
  select id from chat_key_package where stored_at < $1 and $2::timestamptz is not null order by id limit $3
)
