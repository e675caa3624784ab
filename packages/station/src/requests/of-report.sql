-- The requests about the report at hand with their steps and answers, oldest first: one value, a JSON list.
select coalesce(json_agg(json_build_object(
  'id', request.id, 'record', request.record, 'proposal', request.proposal, 'necessity', request.necessity,
  'drafted_at', request.drafted_at, 'sent', request.sent,
  'steps', (
    select json_agg(json_build_object('step', request_step.step, 'name', person.name) order by request_step.position)
    from request_step
    left join person on person.id = case when request_step.step #>> '{by,kind}' = 'person'
      then (request_step.step #>> '{by,id}')::uuid end
    where request_step.request_id = request.id
  ),
  'answers', (
    select coalesce(json_agg(json_build_object(
      'id', answer.id, 'record', answer.record, 'recorded_at', answer.recorded_at, 'name', person.name,
      'before', (
        select jsonb_build_object('level', earlier.result #> '{sufficiency,level}', 'tier', earlier.result #> '{urgency,tier}',
          'attributes', earlier.result #> '{sufficiency,attributes}')
        from assessment earlier where earlier.id = answer.assessed_before
      ),
      'after', (
        select jsonb_build_object('level', later.result #> '{sufficiency,level}', 'tier', later.result #> '{urgency,tier}',
          'attributes', later.result #> '{sufficiency,attributes}')
        from assessment later where later.id = answer.assessed_after
      )
    ) order by answer.position), '[]')
    from request_answer answer join person on person.id = answer.recorded_by
    where answer.request_id = request.id
  )
) order by request.drafted_at, request.id), '[]')
from request where request.report_id = report.id
