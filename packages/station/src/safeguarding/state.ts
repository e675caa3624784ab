/**
 * How far people have got with a child of a report, as SQL over a row `child` with `report_id`, `called`, `seen` and `declined_seen`: the
 * least advanced of its standing referrals; without any, a decision that none is needed, as long as nothing new has come.
 */
export const STATE_OF_CHILD = `coalesce(
    (
      select (array['decided', 'told', 'acknowledged'])[min(array_position(array['decided', 'told', 'acknowledged'], standing.state))]
      from safeguarding_referral standing
      where standing.report_id = child.report_id and standing.state <> 'withdrawn'
    ),
    case
      when not child.called then 'not-called'
      when child.declined_seen @> child.seen then 'declined'
      else 'undecided'
    end
  )`;
