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
  /** Who took its work over on that day. */
  successor?: string;
}

/** A part of the world that one agency answers for. */
export interface Area {
  agency: string;
  kind: "country" | "uk-outcode";
  /** Country code, or UK outward code such as `LS1`. */
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
