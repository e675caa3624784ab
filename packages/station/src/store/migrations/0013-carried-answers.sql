-- Answers to requests of stations that had the report before this one: they came with it in its package, and go on with it. Their events
-- stand beside the report's own.
create table carried_answer (
  report_id uuid not null references report (id),
  position integer not null,
  -- AnswerRecord, as its station wrote it down.
  record jsonb not null,
  from_peer text not null references peer (id),
  primary key (report_id, position)
);
