import { createHash } from "node:crypto";
import type { Plan, SimulatedReport } from "@fairlead/simulator";
import type { ReportView } from "@fairlead/station";
import type { StationKey } from "./layout.ts";

/** What the demonstration knows of a case beside what its stations know: the truth, kept to compare with. */
export interface Case {
  caseNumber: string;
  /** What is to be done with it at each desk. */
  plan: Plan;
  /** SHA-256 by the platform's evidence id, of the bytes as the platform handed them in. */
  hashes: Map<string, string>;
  /** SHA-256 of what the force's officer was shown. */
  seenByForce: Set<string>;
  /** The agency that the national analyst referred it to. */
  referredTo?: string;
  /** The station at which the scripted people leave it, for whoever tries the demonstration. */
  leftAt?: StationKey;
}

/** Finds a case by whatever number a station calls it by. */
export class CaseBook {
  readonly #byNumber = new Map<string, Case>();
  readonly #remote = new Map<string, string>();
  readonly #lookUp: (numbers: string[]) => Promise<Map<string, string>>;

  /** @param lookUp the platform's case number for each number that the clearinghouse gave */
  constructor(lookUp: (numbers: string[]) => Promise<Map<string, string>>) {
    this.#lookUp = lookUp;
  }

  add({ caseNumber, truth, files }: SimulatedReport, leftAt?: StationKey): void {
    const hashes = new Map<string, string>(
      files.map((file) => [file.evidenceId, createHash("sha256").update(file.bytes).digest("hex")]),
    );
    this.#byNumber.set(caseNumber, {
      caseNumber,
      plan: truth.plan,
      hashes,
      seenByForce: new Set(),
      ...(leftAt === undefined ? {} : { leftAt }),
    });
  }

  /**
   * Notes a report that a station made of what was posted. Nobody has a plan for it: the stations after the platform decide by what
   * their own pages say.
   */
  addPosted(number: string, leftAt?: StationKey): void {
    this.#byNumber.set(number, {
      caseNumber: number,
      plan: { view: [], resolution: null, refer: null, grade: null, outcomes: [] },
      hashes: new Map<string, string>(),
      seenByForce: new Set(),
      ...(leftAt === undefined ? {} : { leftAt }),
    });
  }

  get cases(): Case[] {
    return [...this.#byNumber.values()];
  }

  /** @returns the case, or `undefined` while the platform has not noted the clearinghouse's number yet */
  async find(view: ReportView): Promise<Case | undefined> {
    const numbers = view.report.references
      .filter((found) => found.kind === "this-report")
      .map((found) => found.value);
    for (const number of numbers) {
      const known = this.#byNumber.get(number) ?? this.#byNumber.get(this.#remote.get(number) ?? "");
      if (known !== undefined) return known;
    }
    for (const [remote, own] of await this.#lookUp(numbers)) this.#remote.set(remote, own);
    return numbers
      .map((number) => this.#byNumber.get(this.#remote.get(number) ?? ""))
      .find((found) => found !== undefined);
  }
}
