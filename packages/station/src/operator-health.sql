-- What waits for a worker at this station, and who is there to do it. Jobs that are due, the oldest first of those that nobody has in hand;
-- jobs that failed; processes whose sessions the database has.
select
  (select min(run_at) from graphile_worker.jobs where locked_at is null and run_at <= $1) as oldest_due,
  (select count(*)::integer from graphile_worker.jobs where locked_at is null and run_at <= $1) as due,
  (select count(*)::integer from graphile_worker.jobs where attempts > 3) as failing,
  (
    select jobs.task_identifier || ': ' || jobs.last_error from graphile_worker.jobs
    where jobs.attempts > 3 and jobs.last_error is not null order by jobs.updated_at desc limit 1
  ) as last_error,
  (
    select count(distinct job_worker.process_id)::integer from job_worker
    join pg_stat_activity on pg_stat_activity.application_name = 'fairlead ' || job_worker.process_id
    where pg_stat_activity.datname = current_database()
  ) as workers
