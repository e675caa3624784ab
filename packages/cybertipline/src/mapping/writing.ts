/** What every part of the mapping from a report to the wire shares. */
import type { ClaimStatement, ClaimTarget, Flag, Moment, Person, Report } from "@fairlead/report";
import type { DateTimeText } from "../document/scalars.ts";
import { fromMoment } from "./moments.ts";

/** Something in a report that the wire cannot carry, or not as it is. */
export interface Omission {
  /** JSON Pointer into the report (RFC 6901). */
  readonly pointer: string;
  /** `lost`: the documents do not say it. `changed`: they say something near it. */
  readonly kind: "lost" | "changed";
  readonly message: string;
}

/** A person and its JSON Pointer. */
export interface At {
  readonly person: Person;
  readonly pointer: string;
}

export interface Writing {
  readonly report: Report;
  readonly omissions: Omission[];
  /** Positions of the sender's own claims, by what they are about. */
  readonly ownClaims: ReadonlyMap<string, readonly number[]>;
  /** Associated persons, by the key of whom they belong to. */
  readonly associated: ReadonlyMap<string, readonly At[]>;
  /** Whose numbers the wire takes for prior reports. */
  readonly issuer: string;
  /** What the documents carry: positions of claims and references, and keys of persons. */
  readonly carried: Set<number>;
  readonly usedReferences: Set<number>;
  readonly writtenPersons: Set<string>;
}

function targetKey(target: ClaimTarget): string {
  switch (target.kind) {
    case "report":
      return "report";
    case "evidence":
      return `evidence ${target.id}`;
    case "person":
      return `person ${target.key}`;
    case "ip":
      break;
  }
  return `ip ${target.address}`;
}

export function openWriting(report: Report, issuer: string): Writing {
  const ownClaims = new Map<string, number[]>();
  for (const [index, { about, source }] of report.claims.entries()) {
    if (source.kind !== "sender" || source.name !== report.sender.name) continue;
    const key = targetKey(about);
    const found = ownClaims.get(key) ?? [];
    found.push(index);
    ownClaims.set(key, found);
  }
  const associated = new Map<string, At[]>();
  for (const [index, person] of report.persons.entries()) {
    const owner = person.associatedWith?.key;
    if (person.role !== "associated" || owner === undefined) continue;
    const found = associated.get(owner) ?? [];
    found.push({ person, pointer: `/persons/${String(index)}` });
    associated.set(owner, found);
  }
  return {
    report,
    issuer,
    omissions: [],
    ownClaims,
    associated,
    carried: new Set(),
    usedReferences: new Set(),
    writtenPersons: new Set(),
  };
}

export function lost({ omissions }: Writing, pointer: string, message: string): void {
  omissions.push({ pointer, kind: "lost", message });
}

export function changed({ omissions }: Writing, pointer: string, message: string): void {
  omissions.push({ pointer, kind: "changed", message });
}

type Sent<T> = { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined>;
};

/** Leaves out what is undefined and what is an empty array: the wire knows neither. */
export function sent<T extends object>(fields: T): Sent<T> {
  const entries = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries) as Sent<T>;
}

/** Whether an object says anything at all. */
export function saysAnything(fields: object): boolean {
  return Object.keys(fields).length > 0;
}

export function writeMoment(
  writing: Writing,
  pointer: string,
  moment: Moment | undefined,
): DateTimeText | undefined {
  if (moment === undefined) return undefined;
  const time = fromMoment(moment);
  if (time === undefined)
    lost(writing, pointer, "This time has no instant and no form that the wire can carry.");
  else if (!time.exact)
    changed(
      writing,
      pointer,
      "The wire cannot say that the time zone was assumed or is the sender's usual one.",
    );
  return time?.text;
}

export interface Taken<Kind extends ClaimStatement["kind"]> {
  readonly states: Extract<ClaimStatement, { kind: Kind }>;
  readonly pointer: string;
}

/**
 * The sender's own claim of a kind about a target, marked as carried. The wire states everything in its sender's name, so no
 * other source's claim may go onto it (law 3).
 */
export function takeClaim<Kind extends ClaimStatement["kind"]>(
  writing: Writing,
  about: ClaimTarget,
  kind: Kind,
  fits: (states: Extract<ClaimStatement, { kind: Kind }>) => boolean,
): Taken<Kind> | undefined {
  const { report, ownClaims, carried } = writing;
  const matches = (states: ClaimStatement): states is Extract<ClaimStatement, { kind: Kind }> =>
    states.kind === kind && fits(states as Extract<ClaimStatement, { kind: Kind }>);
  for (const index of ownClaims.get(targetKey(about)) ?? []) {
    const states = report.claims[index]?.states;
    if (states === undefined || carried.has(index) || !matches(states)) continue;
    carried.add(index);
    return { states, pointer: `/claims/${String(index)}` };
  }
  return undefined;
}

/** What the sender stated as a yes or a no, or undefined. */
export function takeFlag(writing: Writing, about: ClaimTarget, flag: Flag): boolean | undefined {
  return takeClaim(writing, about, "flag", (states) => states.flag === flag)?.states.value;
}

/** A flag of which the wire can only say yes. */
export function takeYes(writing: Writing, about: ClaimTarget, flag: Flag): true | undefined {
  const yes = takeClaim(writing, about, "flag", (states) => states.flag === flag && states.value);
  return yes === undefined ? undefined : true;
}
