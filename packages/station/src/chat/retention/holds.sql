-- Holds of reports that were settled before $1.
delete from chat_hold where (report_id, blob_id) in (
  select report_id, blob_id from chat_hold join chat_report report on report.id = report_id
  where report.settled_at < $1 and $2::timestamptz is not null limit $3
)
