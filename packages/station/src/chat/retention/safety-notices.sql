-- Notices of before $1: what they may have brought about is no longer counted. Served by safety_notice_at.
delete from safety_notice where (account, told) in (
  select account, told from safety_notice where at < $1 and $2::timestamptz is not null order by at limit $3
)
