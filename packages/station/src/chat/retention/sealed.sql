-- Sealed reports that the verifier was done with before $1. That they came, and what became of them, stays.
update chat_report set sealed = null where id in (
  select id from chat_report where settled_at < $1 and sealed is not null and $2::timestamptz is not null limit $3
)
