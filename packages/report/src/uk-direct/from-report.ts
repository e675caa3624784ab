import type { ClaimSource } from "../claim.ts";
import { identifier } from "../normalise.ts";
import type { Person } from "../person.ts";
import type { Report } from "../report.ts";
import type { UkLinkBasis, UkPriority, UkItemId } from "./law.ts";
import type { UkReport } from "./document.ts";
import { itemsOf } from "./items-of.ts";
import { remainder, type Taken } from "./taken.ts";
import { isUkStatement, ukStatements } from "./wire-statements.ts";

/** What a person or the station's configuration says for a UK report, over what the internal report holds. */
export interface UkChoices {
  /** When the report is made, in milliseconds since 1970: logins of the three months before it are asked for. */
  madeAt: number;
  provider?: { id: string; name: string };
  established?: "uk" | "elsewhere";
  reference?: { issuer: string; value: string };
  priority?: { level: UkPriority; why?: string | undefined };
  follows?: string;
  links?: ReadonlyArray<{ basis: UkLinkBasis; evidence: string }>;
  declaration?: boolean;
  /** Who makes the report for the provider, where the internal report names nobody. */
  reporter?: { firstName?: string; lastName?: string; email?: string; phone?: string };
  howDetected?: readonly string[];
  identityDocuments?: readonly string[];
  /** Items that somebody looked for and that are not held; an item that has a value is held whatever this says. */
  notHeld?: Partial<Record<UkItemId, { note?: string }>>;
  /** Who says so: the person at the form. */
  by?: ClaimSource;
}

/** The report, and JSON Pointers to what of the internal report Schedule 1 has no item for: it stays with the provider. */
export interface UkMaking {
  document: UkReport;
  left: string[];
}

/**
 * Makes a UK direct report of an internal report. Nothing is guessed: what the internal report is silent about is `not-asked`, and
 * `not-held` only where somebody said that they looked.
 */
export function ukFromReport(report: Report, choices: UkChoices): UkMaking {
  const taken: Taken = new Set();
  const named = withReporter(report, choices);
  const provider = choices.provider ?? { id: report.sender.id, name: report.sender.name };
  const sender: ClaimSource = { kind: "sender", name: provider.name };
  const numbers = named.references.filter(({ kind }) => kind !== "prior-report");
  for (const number of numbers) taken.add(number);
  const own = numbers.find(({ kind }) => kind === "this-report");
  const reference = choices.reference ?? { issuer: own?.issuer ?? provider.name, value: own?.value ?? "" };
  for (const statement of named.statements) if (isUkStatement(statement)) taken.add(statement);
  const { type, occurred, occurredMeaning } = named.incident;
  const follows = choices.follows ?? first(named, "follows");
  const document: UkReport = {
    version: 1,
    reference,
    numbers: numbers.filter(({ issuer, value }) => issuer !== reference.issuer || value !== reference.value),
    provider: {
      ...provider,
      established: choices.established ?? (first(named, "provider") === "elsewhere" ? "elsewhere" : "uk"),
    },
    links: [...(choices.links ?? statedLinks(named))],
    priority: priorityOf(named, choices, provider.name, taken),
    ...(follows === undefined ? {} : { follows }),
    incident: { type, occurred, ...(occurredMeaning === undefined ? {} : { occurredMeaning }) },
    people: named.persons.map(
      ({ identifiers: _identifiers, events: _events, places: _places, ...core }) => core,
    ),
    items: itemsOf(named, choices, sender, taken),
    declaration: choices.declaration ?? first(named, "declaration") !== undefined,
  };
  return { document, left: remainder(report, taken) };
}

function first(report: Report, path: string): string | undefined {
  return ukStatements(report, path)[0]?.text;
}

function statedLinks(report: Report): UkReport["links"] {
  return ukStatements(report, "link").map(({ text }) => {
    const [basis = "", ...evidence] = text.split("\n");
    return { basis: basis as UkLinkBasis, evidence: evidence.join("\n") };
  });
}

/** A person's choice; else what stands in the wire's words; else P1 where the sender asks for haste and says why; else P3. */
function priorityOf(
  report: Report,
  choices: UkChoices,
  provider: string,
  taken: Taken,
): UkReport["priority"] {
  const escalation = report.claims.find(
    ({ states, source, about }) =>
      states.kind === "escalation" && source.kind === "sender" && about.kind === "report",
  );
  const text = escalation?.states.kind === "escalation" ? escalation.states.text : undefined;
  const [level, ...why] = (first(report, "priority") ?? "").split("\n");
  const stated: UkReport["priority"] | undefined =
    level === "P1" || level === "P2" || level === "P3"
      ? { level, ...(why.length === 0 ? {} : { why: why.join("\n") }) }
      : text === undefined
        ? undefined
        : { level: "P1", why: text };
  const chosen = choices.priority;
  const priority =
    chosen === undefined
      ? (stated ?? { level: "P3" as const })
      : { level: chosen.level, ...(chosen.why === undefined ? {} : { why: chosen.why }) };
  // Whoever receives it hears it from the provider: another's words stay behind by name.
  const isProviders = escalation?.source.kind === "sender" && escalation.source.name === provider;
  if (isProviders && priority.level === "P1" && priority.why === text) taken.add(escalation);
  return priority;
}

/** The report with the person who makes it for the provider, where it names nobody. */
function withReporter(report: Report, { reporter }: UkChoices): Report {
  if (reporter === undefined || report.persons.some(({ role }) => role === "reporter")) return report;
  const { email, phone, firstName, lastName } = reporter;
  const reachable = [
    email === undefined ? undefined : identifier("email", email, {}),
    phone === undefined ? undefined : identifier("phone", phone, {}),
  ].filter((found) => found !== undefined);
  const person: Person = {
    key: "reporter-1" as Person["key"],
    role: "reporter",
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    identifiers: reachable,
    events: [],
    places: [],
  };
  return { ...report, persons: [...report.persons, person] };
}
