import type { ReportNumber, ReportRecord } from "@fairlead/cybertipline";

/** A report that nobody sent anything for in this time is asked of the database. */
const AGE_MS = 10_000;
/** Of a record of a few dozen bytes. */
const MOST = 10_000;

interface Remembered {
  record: ReportRecord;
  since: number;
}

/**
 * What this process itself has just stored of reports that are still being sent. It answers only the question how a report stands
 * before its bytes are read, to which an answer may be out of date: what is stored is judged by the statement that stores it.
 */
export interface TipMemory {
  of(number: ReportNumber): ReportRecord | undefined;
  /** Notes an open report that was just seen or changed. */
  note(number: ReportNumber, record: ReportRecord): void;
  /** Notes that something was just attached to a report, or said of it. */
  touch(number: ReportNumber, at: number): void;
  forget(number: ReportNumber): void;
}

/** @param now milliseconds of a clock that never goes back */
export function openTipMemory(now: () => number): TipMemory {
  const known = new Map<ReportNumber, Remembered>();
  const of = (number: ReportNumber) => {
    const found = known.get(number);
    if (found === undefined || now() - found.since < AGE_MS) return found?.record;
    known.delete(number);
    return undefined;
  };
  const note = (number: ReportNumber, record: ReportRecord) => {
    // The one that was noted longest ago stands first and goes first.
    known.delete(number);
    known.set(number, { record, since: now() });
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  };
  return {
    of,
    note,
    touch(number, at) {
      const record = of(number);
      if (record !== undefined) note(number, { ...record, changedAt: Math.max(record.changedAt, at) });
    },
    forget(number) {
      known.delete(number);
    },
  };
}
