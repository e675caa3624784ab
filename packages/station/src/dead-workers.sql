-- Workers that hold jobs although their process has no session left on this database: it died. A worker that nobody has
-- noted is given a minute, because its note may be on its way.
select distinct jobs.locked_by as worker_id
from graphile_worker.jobs
left join job_worker on job_worker.worker_id = jobs.locked_by
where jobs.locked_by is not null
  and case
    when job_worker.worker_id is null then jobs.locked_at < now() - interval '1 minute'
    else not exists (
      select from pg_stat_activity where pg_stat_activity.application_name = 'fairlead ' || job_worker.process_id
    )
  end
