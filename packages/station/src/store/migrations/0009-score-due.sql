-- Reports whose part in their sender's scorecard is to be worked out anew. Whoever changes what a report is worth adds a row in the same
-- transaction and waits for nobody; rows are taken many at a time. There is no key, so the same report may stand here twice.

create table score_due (
  position bigint primary key generated always as identity,
  report_id uuid not null references report (id)
);
insert into score_due (report_id) select id from report order by id;

-- The jobs that did this one report at a time are nobody's any more.
do $$
begin
  if to_regclass('graphile_worker._private_jobs') is not null then
    delete from graphile_worker._private_jobs jobs using graphile_worker._private_tasks tasks
    where tasks.id = jobs.task_id and tasks.identifier in ('score-report', 'fold-sender', 'sum-sender');
  end if;
end
$$;
