import { epochMs, type Event, type Evidence, type Moment, type Person, type Report } from "@fairlead/report";

/** One field that differs between an earlier report and one that adds to it. */
export interface ReportChange {
  /** `gone`: the later one does not say it again. What the earlier one said still stands. */
  kind: "added" | "changed" | "gone";
  field: ChangedField;
  /** Whose it is, where it belongs to a person or a file: as that one is named. */
  of?: string;
  before?: string;
  after?: string;
}
export const CHANGED_FIELDS = [
  "incident-type",
  "occurred",
  "occurred-meaning",
  "platform",
  "person",
  "name",
  "age",
  "date-of-birth",
  "identifier",
  "event",
  "file",
  "file-media-type",
  "statement",
  "claim",
  "reference",
] as const;
export type ChangedField = (typeof CHANGED_FIELDS)[number];

interface Fact {
  field: ChangedField;
  of?: string;
  text: string;
  /** What there can be one of: two texts of it are a change, and not one gone and one added. */
  single: boolean;
}

/** Differences that are told; a report may hold hundreds of thousands of fields. */
const MOST = 500;

/**
 * What a later report says differently from the one that it adds to, field by field. Neither overwrites the other: both stay whole.
 * Persons are the same where they have the same part and share a handle, else by their order.
 */
export function reportChanges(before: Report, after: Report): ReportChange[] {
  const names = personNames(before, after);
  const old = factsOf(before, names.before);
  const fresh = factsOf(after, names.after);
  const slot = ({ field, of = "", text, single }: Fact) => `${field}\n${of}\n${single ? "" : text}`;
  const [oldBySlot, freshBySlot] = [old, fresh].map(
    (facts) => new Map(facts.map((each) => [slot(each), each])),
  );
  const changes: ReportChange[] = [];
  for (const [name, { field, of, text }] of freshBySlot ?? []) {
    const earlier = oldBySlot?.get(name);
    if (earlier?.text === text) continue;
    const about = { field, ...(of === undefined ? {} : { of }) };
    if (earlier === undefined) changes.push({ kind: "added", ...about, after: text });
    else changes.push({ kind: "changed", ...about, before: earlier.text, after: text });
  }
  for (const [name, { field, of, text }] of oldBySlot ?? [])
    if (freshBySlot?.has(name) !== true)
      changes.push({ kind: "gone", field, ...(of === undefined ? {} : { of }), before: text });
  // A file that came or went says so once.
  const files = new Set(changes.flatMap(({ field, of }) => (field === "file" ? [of] : [])));
  return changes.filter(({ field, of }) => field !== "file-media-type" || !files.has(of)).slice(0, MOST);
}

function factsOf(report: Report, names: ReadonlyMap<Person, string>): Fact[] {
  const { incident, persons, evidence, statements, claims, references } = report;
  return [
    one("incident-type", incident.type),
    one("occurred", momentText(incident.occurred)),
    ...maybe("occurred-meaning", incident.occurredMeaning),
    ...maybe("platform", incident.platform),
    ...persons.flatMap((person) => personFacts(person, names.get(person) ?? person.key)),
    ...evidence.flatMap(fileFacts),
    ...statements.flatMap(({ topic, text }) => (topic === "wire" ? [] : [many("statement", text)])),
    ...claims.map(({ states }) => many("claim", states.kind)),
    ...references.flatMap(({ kind, issuer, value }) =>
      kind === "this-report" ? [] : [many("reference", `${issuer} ${value}`)],
    ),
  ];
}

function personFacts(person: Person, of: string): Fact[] {
  const name = [person.firstName, person.middleName, person.lastName].filter((part) => part !== undefined);
  return [
    { ...many("person", person.role), of },
    ...maybe("name", name.length === 0 ? undefined : name.join(" "), of),
    ...maybe("age", person.ageYears?.toString(), of),
    ...maybe("date-of-birth", person.dateOfBirth, of),
    ...person.identifiers.map(({ kind, raw, platform }) => ({
      ...many("identifier", [kind, raw, platform].filter((part) => part !== undefined).join(" ")),
      of,
    })),
    ...person.events.map((event) => ({ ...many("event", eventText(event)), of })),
  ];
}

function fileFacts(item: Evidence): Fact[] {
  if (item.kind === "wire-document") return [];
  const of = item.received?.sha256 ?? item.declaredHashes[0]?.value ?? item.name ?? item.id;
  return [
    { ...many("file", item.name ?? item.kind), of },
    ...maybe("file-media-type", item.mediaType, of),
    ...item.events.map((event) => ({ ...many("event", eventText(event)), of })),
  ];
}

function eventText({ kind, moment, ip, port, device }: Event): string {
  const address = ip === undefined ? undefined : (ip.address ?? ip.raw);
  const parts = [kind, moment && momentText(moment), address, port?.toString(), device?.value];
  return parts.filter((part) => part !== undefined).join(" ");
}

/** The instant where it is certain, so that one time in two zones is one time. */
function momentText(moment: Moment): string {
  const at = epochMs(moment);
  return at === undefined ? moment.raw : new Date(at).toISOString();
}

function one(field: ChangedField, text: string): Fact {
  return { field, text, single: true };
}

function many(field: ChangedField, text: string): Fact {
  return { field, text, single: false };
}

function maybe(field: ChangedField, text: string | undefined, of?: string): Fact[] {
  return text === undefined ? [] : [{ ...one(field, text), ...(of === undefined ? {} : { of }) }];
}

/** One name for each person, the same in both reports for those who are the same. */
function personNames(before: Report, after: Report) {
  const names = { before: new Map<Person, string>(), after: new Map<Person, string>() };
  for (const person of before.persons) names.before.set(person, nameIn(before, person));
  const free = new Set(before.persons);
  const matched = new Map<Person, Person>();
  for (const handles of [handlesOf, ({ role, key }: Person) => [`${role} ${key}`]]) {
    const holders = new Map(
      before.persons.toReversed().flatMap((each) => handles(each).map((is) => [is, each])),
    );
    for (const person of after.persons) {
      if (matched.has(person)) continue;
      const found = handles(person).flatMap((is) => holders.get(is) ?? []);
      const earlier = found.find((each) => free.delete(each));
      if (earlier !== undefined) matched.set(person, earlier);
    }
  }
  const taken = new Set(names.before.values());
  for (const person of after.persons) {
    const earlier = matched.get(person);
    const known = earlier === undefined ? undefined : names.before.get(earlier);
    const own = nameIn(after, person);
    names.after.set(person, known ?? (taken.has(own) ? `${own}, another` : own));
  }
  return names;
}

function handlesOf({ role, identifiers }: Person): string[] {
  return identifiers.map(({ kind, value, platform = "" }) => [role, kind, value, platform].join("\n"));
}

/** `suspect`, or `suspect 2` where there are several. */
function nameIn({ persons }: Report, person: Person): string {
  const alike = persons.filter(({ role }) => role === person.role);
  return alike.length === 1 ? person.role : `${person.role} ${alike.indexOf(person) + 1}`;
}
