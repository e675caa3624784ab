-- Takes away the notes of workers that began before $1, hold no job and whose process has no session left on this database. One that
-- still holds jobs stays until they are taken over; one that comes back notes itself anew, because it starts its workers again.
delete from job_worker
where since < $1
  and not exists (
    select from pg_stat_activity where pg_stat_activity.application_name = 'fairlead ' || job_worker.process_id
  )
  and not exists (select from graphile_worker.jobs where jobs.locked_by = job_worker.worker_id)
