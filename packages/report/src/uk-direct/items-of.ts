import type { Claim, ClaimSource } from "../claim.ts";
import type { Identifier } from "../identifier.ts";
import { epochMs, type Moment } from "../moment.ts";
import type { Person } from "../person.ts";
import type { Report } from "../report.ts";
import type { UkItems, UkStanding } from "./document.ts";
import { contentItems } from "./content-items.ts";
import type { UkChoices } from "./from-report.ts";
import { LOGIN_MONTHS, type UkItemId } from "./law.ts";
import type { Taken } from "./taken.ts";
import { readSaidBy, ukStatements } from "./wire-statements.ts";

/** Who speaks for an item about which nobody has said anything: the profile itself. */
export const NOBODY_ASKED: ClaimSource = { kind: "rule", id: "uk-direct.not-asked", version: "1" };

/** Claims about content that say how it was found and what somebody made of it. */
const DETECTION: ReadonlySet<Claim["states"]["kind"]> = new Set([
  "flag",
  "industry-grade",
  "uk-category",
  "hash-match",
  "classifier",
  "franking",
]);

type Handle = { person: Person["key"]; identifier: Identifier };

/** Which item asks for an identifier; none for what Schedule 1 does not name. */
function itemOf(person: Person, { kind, label }: Identifier): UkItemId | undefined {
  if (person.role === "reporter")
    return kind === "email" || kind === "phone" ? "reporting-person" : undefined;
  if (person.role === "associated" && person.associatedWith?.how === "linked") return "linked-accounts";
  if (person.role === "associated" && person.associatedWith?.how === "billing") return "billing";
  switch (kind) {
    case "account":
    case "screen-name":
    case "display-name":
      return "username";
    case "email":
      return label === "recovery" ? "recovery-email" : "email";
    case "phone":
      return "phone";
    case "profile-url":
      return "profile-url";
    case "payment":
      return "billing";
    case "group":
      return "linked-accounts";
    case "device":
      return undefined;
  }
}

/** Every item of a report with what is known about it. Adds what it used to `taken`. */
export function itemsOf(report: Report, choices: UkChoices, sender: ClaimSource, taken: Taken): UkItems {
  const say = speaker(report, choices, sender);
  const handles = handlesByItem(report, taken);
  const of = (id: UkItemId) => handles.get(id) ?? [];
  const content = contentItems(report, say, taken);
  const reporters = report.persons.filter(({ role }) => role === "reporter").map(({ key }) => key);
  const uploads = eventsOf(report, taken, ({ kind }) => kind === "upload" || kind === "send");
  const logins = eventsOf(
    report,
    taken,
    ({ kind, moment }) => kind === "login" && isRecentLogin(moment, choices.madeAt),
  );
  const places = report.persons.flatMap((person) =>
    person.places
      .filter((place) => person.role !== "reporter" && place.addressKind === "billing")
      .map((place) => ({ person: person.key, place: mark(taken, place) })),
  );
  const connection = { files: content.connections, people: uploads };
  const used = [...content.connections, ...uploads].map(({ event }) => event);
  return {
    ...content.items,
    "reporting-person": say("reporting-person", reporters.length > 0, {
      people: reporters,
      handles: of("reporting-person"),
    }),
    "how-detected": howDetected(report, choices, say, taken),
    "previous-report": previousReports(report, say, taken),
    "upload-connection": say("upload-connection", used.length > 0, connection),
    "upload-port": part(
      say(
        "upload-port",
        used.some(({ port }) => port !== undefined),
        null,
      ),
    ),
    "upload-connection-time": part(
      say(
        "upload-connection-time",
        used.some(({ moment }) => moment !== undefined),
        null,
      ),
    ),
    username: say("username", of("username").length > 0, of("username")),
    email: say("email", of("email").length > 0, of("email")),
    "recovery-email": say("recovery-email", of("recovery-email").length > 0, of("recovery-email")),
    phone: say("phone", of("phone").length > 0, of("phone")),
    "phone-verified-on": part(
      say(
        "phone-verified-on",
        of("phone").some((found) => found.identifier.verifiedAt !== undefined),
        null,
      ),
    ),
    "profile-url": say("profile-url", of("profile-url").length > 0, of("profile-url")),
    billing: say("billing", of("billing").length + places.length > 0, { handles: of("billing"), places }),
    "identity-documents": identityDocuments(report, choices, say),
    "linked-accounts": say("linked-accounts", of("linked-accounts").length > 0, of("linked-accounts")),
    "login-connections": say("login-connections", logins.length > 0, logins),
  };
}

export type Say = ReturnType<typeof speaker>;

/** Gives an item its standing: a value makes it held; else whoever looked says not held; else nobody asked. */
function speaker(report: Report, choices: UkChoices, sender: ClaimSource) {
  return function say<Value>(id: UkItemId, held: boolean, value: Value) {
    const earlier = ukStatements(report, `standing/${id}`).map(({ text }) => readSaidBy(text))[0];
    if (held) return { state: "held" as const, by: earlier?.word === "held" ? earlier.by : sender, value };
    const chosen = choices.notHeld?.[id];
    if (chosen !== undefined)
      return {
        state: "not-held" as const,
        by: choices.by ?? sender,
        ...(chosen.note === undefined ? {} : { note: chosen.note }),
      };
    if (earlier?.word === "not-held") {
      const { by, note } = earlier;
      return { state: "not-held" as const, by, ...(note === undefined ? {} : { note }) };
    }
    return { state: "not-asked" as const, by: earlier?.word === "not-asked" ? earlier.by : NOBODY_ASKED };
  };
}

function part(said: { state: UkStanding["state"]; by: ClaimSource; note?: string; value?: null }) {
  const { value: _value, ...standing } = said;
  return standing as UkItems["upload-port"];
}

function mark<Part extends object>(taken: Taken, found: Part): Part {
  taken.add(found);
  return found;
}

function handlesByItem(report: Report, taken: Taken): Map<UkItemId, Handle[]> {
  const found = new Map<UkItemId, Handle[]>();
  for (const person of report.persons)
    for (const identifier of person.identifiers) {
      const id = itemOf(person, identifier);
      if (id === undefined) continue;
      taken.add(identifier);
      const handle = { person: person.key, identifier };
      const others = found.get(id);
      if (others === undefined) found.set(id, [handle]);
      else others.push(handle);
    }
  return found;
}

function eventsOf(
  report: Report,
  taken: Taken,
  isAsked: (event: Person["events"][number]) => boolean,
): Array<{ person: Person["key"]; event: Person["events"][number] }> {
  return report.persons.flatMap((person) =>
    person.events
      .filter((event) => person.role !== "reporter" && isAsked(event))
      .map((event) => ({ person: person.key, event: mark(taken, event) })),
  );
}

function howDetected(report: Report, choices: UkChoices, say: Say, taken: Taken): UkItems["how-detected"] {
  const content = new Set(report.evidence.filter(({ kind }) => kind !== "wire-document").map(({ id }) => id));
  const claims = report.claims.filter(
    ({ about, states }) =>
      DETECTION.has(states.kind) &&
      (about.kind === "report" || (about.kind === "evidence" && content.has(about.id))),
  );
  for (const claim of claims) taken.add(claim);
  const words = [
    ...ukStatements(report, "how-detected").map(({ text }) => text),
    ...(choices.howDetected ?? []),
  ];
  return say("how-detected", words.length + claims.length > 0, { words, claims });
}

function previousReports(report: Report, say: Say, taken: Taken): UkItems["previous-report"] {
  const earlier = report.references.filter(({ kind }) => kind === "prior-report");
  for (const reference of earlier) taken.add(reference);
  return say("previous-report", earlier.length > 0, earlier);
}

function identityDocuments(report: Report, choices: UkChoices, say: Say): UkItems["identity-documents"] {
  const documents = [
    ...ukStatements(report, "identity-documents").map(({ text, person }) => ({
      words: text,
      ...(person === undefined ? {} : { person }),
    })),
    ...(choices.identityDocuments ?? []).map((words) => ({ words })),
  ];
  return say("identity-documents", documents.length > 0, documents);
}

/** Whether a login is among those that are asked for; one whose time is not certain is, because nothing says that it is not. */
export function isRecentLogin(at: Moment | undefined, madeAt: number): boolean {
  const instant = epochMs(at);
  const from = new Date(madeAt);
  from.setUTCMonth(from.getUTCMonth() - LOGIN_MONTHS);
  return instant === undefined || instant >= from.getTime();
}
