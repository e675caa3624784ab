-- Of the senders of these reports ($1), by whose account each came: the hours they showed, by day, and which habit reports of which days
-- have read of them, from the first day of these reports on. A report changes what is read on its own day and for 89 days after it,
-- today ($2) at most. Served by the primary keys of sender_hours_read and sender_hours, and by index sender_hours_read_habit.
with asked as (
  select account, sender, min(day) as first, least(min(day) + 89, greatest(min(day), $2::date)) as last
  from sender_hours_read where report_id = any($1::uuid[]) group by account, sender
)
select asked.account, asked.sender,
  (
    select json_object_agg(hours.day, json_build_object('within', hours.within_twelve, 'beyond', hours.beyond_twelve)) from (
      select to_char(sender_hours.day, 'YYYY-MM-DD') as day, sum(within_twelve)::integer as within_twelve,
        sum(beyond_twelve)::integer as beyond_twelve
      from sender_hours
      where sender_hours.account = asked.account and sender_hours.sender = asked.sender
        and sender_hours.day between asked.first - 89 and asked.last
      group by sender_hours.day
    ) hours
  ) as hours,
  (
    select json_agg(json_build_object('day', to_char(given.day, 'YYYY-MM-DD'), 'twelveHour', habit.twelve_hour))
    from generate_series(asked.first, asked.last, interval '1 day') as given (day)
    cross join (values (true), (false)) as habit (twelve_hour)
    where exists (
      select from sender_hours_read
      where sender_hours_read.account = asked.account and sender_hours_read.sender = asked.sender
        and sender_hours_read.day = given.day::date and sender_hours_read.twelve_hour = habit.twelve_hour
    )
  ) as read
from asked
