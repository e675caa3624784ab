-- What the report `page` leaves empty that its sender used to fill: every burst that it came in (primary key of format_mark).
select json_agg(json_build_object(
    'field', burst.field, 'sender', burst.sender, 'since', burst.began_at,
    'state', coalesce(burst.settled_how, case when burst.recovered_at is null then 'on' else 'over' end), 'filledBy', mark.filled_by
  ) order by burst.opened_at)
from format_mark mark join format_burst burst on burst.id = mark.burst_id
where mark.report_id = page.id
