import type { Moment, Statement } from "@fairlead/report";
import { stated, type TimeStyle } from "./time.ts";

/** Writes the times of one report as its sender writes them, and remembers when each really was. */
export interface SenderClock {
  /** The time as the sender states it; undefined where it can only put it into a note. `what` names it there. */
  state(at: number, what: string): Moment | undefined;
  /** When the incident was, which every wire demands with a zone or not at all. */
  stateIncident(at: number): Moment;
  /** What stands in a note, if anything: times without a zone, which the wire has no field for. */
  note(): Statement | undefined;
  /** When the times that were stated really were. */
  readonly real: ReadonlyMap<Moment, number>;
  readonly noted: ReadonlyArray<{ raw: string; at: number }>;
}

/**
 * @param zoneless where a time without a zone goes: into its field (`field`), or into a note beside an incident time with a
 *   zone (`note`), because the CyberTipline wire refuses times without one
 * @param others how all times but the incident's are written
 */
export function senderClock(
  style: TimeStyle,
  zoneless: "field" | "note",
  others: TimeStyle = style,
): SenderClock {
  const real = new Map<Moment, number>();
  const noted: Array<{ what: string; raw: string; at: number }> = [];
  const beside = zoneless === "note" && (style === "no-zone" || style === "twelve-hour");
  const keep = (at: number, as: TimeStyle): Moment => {
    const moment = stated(at, as);
    real.set(moment, at);
    return moment;
  };
  return {
    real,
    noted,
    state(at, what) {
      if (!beside) return keep(at, others);
      noted.push({ what, raw: stated(at, style).raw, at });
      return undefined;
    },
    stateIncident: (at) => keep(at, beside ? "utc" : style),
    note() {
      if (noted.length === 0) return undefined;
      const times = noted.map(({ what, raw }) => `${what} ${raw}`).join("; ");
      return { topic: "note", text: `Times as our export shows them: ${times}.` };
    },
  };
}

/** A member that is left out where there is nothing to say. */
export function where<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
