/** An organisation that a report can go to. Agencies are data with dates: they merge, end and are renamed (DESIGN section 2). */
export interface Agency {
  /** Stable slug, such as `west-yorkshire` or `uk-nca`. */
  id: string;
  name: string;
  /** Free text by design: `territorial-police`, `national-agency`, or whatever another country has. */
  kind: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** First day on which the agency exists (`YYYY-MM-DD`); absent where the data does not say. */
  from?: string;
  /** First day on which it no longer exists. */
  to?: string;
  /** Who took its work over on that day: one for a merger, several for a split, where its areas or a person say which. */
  successors?: readonly string[];
}

/**
 * A part of the world that one agency answers for; or, for a force that no place leads to, a role of the subject: British Transport
 * Police by the railway, the service police by the service. A report does not state such a role; a person who knows it asks.
 */
export interface Area {
  agency: string;
  kind: "country" | "uk-outcode" | "subject-role";
  /** Country code, UK outward code such as `LS1`, or role such as `railway`. */
  value: string;
  from?: string;
  to?: string;
  source: string;
  /**
   * `contradicted`: the source's own row names two countries. Absent: the source says one thing.
   * A contradicted area never routes firmly.
   */
  doubt?: "contradicted";
  /** Agencies of neighbouring outward codes whose boundary runs somewhere between the two; a hint to check, not a finding. */
  neighbours?: readonly string[];
}

/** Whether a dated record holds on a day. `from` is included, `to` is not. */
export function holdsOn(record: { from?: string; to?: string }, day: string): boolean {
  return (record.from === undefined || record.from <= day) && (record.to === undefined || day < record.to);
}
