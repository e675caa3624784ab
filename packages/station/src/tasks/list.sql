-- Tasks as the desk shows them, each with the first of what it is about: a part of statements that choose among them by its columns.
-- Indexes task_open and task_closed serve those; $1 is the time since which an effect without trouble stands still.
select task.id, task.opened_at, task.closed_at, task.owner, json_build_object(
    'id', task.id, 'kind', task.kind, 'what', task.what, 'cause', task.cause, 'peer', task.peer_id, 'peerName', coalesce(peer.name, bursts.name, bank.name), 'bank', task.bank_id,
    'sender', task.sender, 'bursts', bursts.shown, 'openedAt', task.opened_at,
    'alarm', task.alarm, 'owner', task.owner, 'ownerName', owner.name, 'ownerRole', owner.role, 'ownedSince', task.owned_since,
    'closedAt', task.closed_at, 'closedBy', closer.name, 'closedHow', task.closed_how, 'closedReason', task.closed_reason,
    'effects', effects.shown, 'count', effects.n + coalesce(ending.n, 0) + coalesce(feedback.n, 0) + coalesce(going.n, 0),
    'endsAt', ending.first
  ) as shown
from task
left join peer on peer.id = task.peer_id
left join bank on bank.id = task.bank_id
left join person owner on owner.id = task.owner
left join person closer on closer.id = task.closed_by
cross join lateral (
  select coalesce(json_agg(json_build_object(
      'id', about.id, 'report', about.report_id, 'number', report.number::text, 'stage', about.stage, 'since', about.moved_at,
      'intendedAt', about.intended_at, 'attempts', about.attempts, 'trouble', about.trouble, 'lastError', about.last_error,
      'nextAttemptAt', about.next_attempt_at
    ) order by about.moved_at, about.id) filter (where about.place <= 20), '[]') as shown, count(about.id)::integer as n
  from (
    select effect.*, row_number() over (order by effect.moved_at, effect.id) as place from effect
    where effect.kind = task.kind and effect.peer_id = task.peer_id and case
      when task.cause like 'effect:%' then task.closed_at is null and effect.id = substr(task.cause, 8)::uuid
      when task.cause like 'incomplete:%' then effect.id = substr(task.cause, 12)::uuid
      else task.closed_at is null and effect.open and effect.stage <> 'refused' and (effect.trouble is not null or effect.moved_at <= $1)
    end
  ) about
  join report on report.id = about.report_id
) effects
left join lateral (
  select min(keeping.content_until) as first, count(*)::integer as n from keeping
  where task.kind = 'keep' and task.closed_at is null and keeping.let_go is null
    and keeping.content_until >= (substr(task.cause, 6)::date)::timestamp at time zone 'UTC'
    and keeping.content_until < (substr(task.cause, 6)::date + 7)::timestamp at time zone 'UTC'
) ending on task.kind = 'keep'
left join lateral (
  select count(*)::integer as n from bank_feedback where task.kind = 'send-feedback' and task.closed_at is null and bank_feedback.open
    and case when task.cause like 'effect:%' then bank_feedback.id = substr(task.cause, 8)::uuid else bank_feedback.peer_id = task.bank_id end
) feedback on task.kind = 'send-feedback'
left join lateral (
  select count(*)::integer as n from keeping
  where keeping.let_go is not null and keeping.content_until <= $1::timestamptz + interval '15 minutes' and task.closed_at is null
    and not exists (select from erasure where erasure.report_id = keeping.report_id and erasure.stage <> 'stopped')
) going on task.what = 'erasing-waits'
left join lateral (
  select json_agg(own.shown order by own.opened_at) as shown,
    (select name from format_burst where sender = task.sender order by opened_at desc limit 1) as name
  from (/*bursts*/) own
  where own.sender = task.sender and (own.settled_at is null or own.settled_at between task.opened_at and task.closed_at)
) bursts on task.kind = 'sender-format'
