/** What every part of the mapping from the wire to a report shares. */
import type {
  Claim,
  ClaimStatement,
  ClaimTarget,
  Flag,
  Moment,
  Person,
  Reference,
  Sender,
} from "@fairlead/report";
import type { DateTimeText } from "../document/scalars.ts";
import type { Ledger } from "./ledger.ts";
import { toMoment } from "./moments.ts";

/** The report that is being made, and the account of the document it is made from. */
export interface Mapping {
  readonly ledger: Ledger;
  readonly sender: Sender;
  /** Who gave the numbers by which the wire names reports. */
  readonly issuer: string;
  readonly persons: Person[];
  readonly claims: Claim[];
  readonly references: Reference[];
  /** Whose an element is, by its path. */
  readonly owners: Map<string, Person["key"]>;
  /** How many persons of each role there are. */
  readonly roles: Map<Person["role"], number>;
}

/** Limits of the report's schema. */
const MOST_CLAIMS = 100_000;
export const MOST_REFERENCES = 1000;
export const MOST_PERSONS = 5000;

/** Leaves out what is undefined, so that absent stays absent. */
export function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** Takes a text into a field of the report, if it fits there. */
export function takeText(
  { ledger }: Mapping,
  path: string,
  text: string | undefined,
  limit: number,
): string | undefined {
  if (text === undefined || text === "" || text.length > limit) return undefined;
  ledger.take(path);
  return text;
}

/** Takes a value that always fits. */
export function takeValue<T>({ ledger }: Mapping, path: string, value: T | undefined): T | undefined {
  if (value !== undefined) ledger.take(path);
  return value;
}

/** Takes a time; one that a moment cannot hold to the letter keeps its letters beside it. */
export function takeMoment(
  { ledger }: Mapping,
  path: string,
  text: DateTimeText | undefined,
): Moment | undefined {
  if (text === undefined) return undefined;
  const moment = toMoment(text);
  if (moment.raw === text) ledger.take(path);
  else ledger.takeMeaning(path);
  return moment;
}

/** Records what the sender states as the sender's claim (law 3). @returns whether there was room. */
export function claim(mapping: Mapping, about: ClaimTarget, states: ClaimStatement): boolean {
  if (mapping.claims.length >= MOST_CLAIMS) return false;
  mapping.claims.push({ about, source: { kind: "sender", name: mapping.sender.name }, states });
  return true;
}

/** Records a yes or a no. What was not stated is unknown, and makes no claim. */
export function claimFlag(
  mapping: Mapping,
  about: ClaimTarget,
  flag: Flag,
  path: string,
  value: boolean | undefined,
): void {
  if (value === undefined) return;
  if (claim(mapping, about, { kind: "flag", flag, value })) mapping.ledger.take(path);
}
