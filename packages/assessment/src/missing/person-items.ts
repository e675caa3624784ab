import {
  identifier,
  momentOf,
  type Claim,
  type Identifier,
  type Person,
  type PersonKey,
} from "@fairlead/report";
import { groupsOf } from "../sufficiency/group.ts";
import type { Filled, Item, Stated } from "./item.ts";

/** A documentation address (RFC 5737) and a number reserved for drama (Ofcom): they say only that there is one. */
const AN_ADDRESS = "192.0.2.7";
const A_PHONE = "+447700900123";
const A_PORT = 49_152;

/** What a report can lack about the person that it points to. */
export const PERSON_ITEMS: readonly Item[] = [
  {
    id: "suspect-account",
    text: "who is reported: the account's number and name",
    supply: (stated) =>
      overSuspects(stated, "identifiers", (person) =>
        person.identifiers.some(({ kind }) => !SAID_BY_ONESELF.has(kind))
          ? person
          : { ...person, identifiers: [...person.identifiers, ...some(identifier("account", "1000001"))] },
      ),
  },
  {
    id: "event-of-upload",
    text: "address, port and time of the upload or the sending itself, not only of a login",
    supply: uploaded,
  },
  {
    id: "phone-verified",
    text: "a telephone number, and whether and when it was verified",
    supply: (stated) => overSuspects(stated, "identifiers", withPhone),
  },
];

const SAID_BY_ONESELF: ReadonlySet<Identifier["kind"]> = new Set(["screen-name", "display-name", "group"]);

function some<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

/** Fills every suspect; where nobody is reported, one who has nothing but what is filled in. */
function overSuspects(
  { report, claims }: Stated,
  field: keyof Person,
  fill: (person: Person) => Person,
): Filled {
  const paths: string[] = [];
  const known = report.persons.some(({ role }) => role === "suspect")
    ? report.persons
    : [...report.persons, nobodyYet(report.persons)];
  const persons = known.map((person, index) => {
    const filled = person.role === "suspect" ? fill(person) : person;
    if (filled !== person) paths.push(`/report/persons/${index}/${field}`);
    return filled;
  });
  return paths.length === 0 ? { report, claims, paths } : { report: { ...report, persons }, claims, paths };
}

function nobodyYet(persons: readonly Person[]): Person {
  const keys = new Set<string>(persons.map(({ key }) => key));
  let number = 1;
  while (keys.has(`suspect-${number}`)) number += 1;
  return { key: `suspect-${number}` as PersonKey, role: "suspect", identifiers: [], events: [], places: [] };
}

function withPhone(person: Person): Person {
  const phones = person.identifiers.filter(({ kind }) => kind === "phone");
  if (phones.some(({ verified, normalised }) => verified === "yes" && normalised)) return person;
  const others = person.identifiers.filter(({ kind }) => kind !== "phone");
  const verified = phones.find(({ normalised }) => normalised) ?? identifier("phone", A_PHONE);
  return {
    ...person,
    identifiers: [...others, ...some(verified).map((one) => ({ ...one, verified: "yes" as const }))],
  };
}

/**
 * An upload for each suspect who has none with an address, and for the files of a report with several; one by somebody new where nobody
 * is reported. It comes from an access network, as most people's do.
 */
function uploaded({ report, claims }: Stated, at: number): Filled {
  const event = {
    kind: "upload" as const,
    moment: momentOf(at),
    ip: { raw: AN_ADDRESS, address: AN_ADDRESS },
    port: A_PORT,
  };
  const paths: string[] = [];
  const lacking = groupsOf(report).filter(
    ({ events }) =>
      !events.some(
        (placed) =>
          (placed.event.kind === "upload" || placed.event.kind === "send") && placed.event.ip !== undefined,
      ),
  );
  const persons = report.persons.map((person, index) => {
    if (!lacking.some(({ key }) => key === person.key)) return person;
    paths.push(`/report/persons/${index}/events`);
    return { ...person, events: [...person.events, event] };
  });
  const isSomebodys = lacking.every(({ key }) => key !== undefined);
  const first = report.evidence.findIndex(({ kind }) => kind !== "wire-document");
  let { evidence } = report;
  if (!isSomebodys && !report.persons.some(({ role }) => role === "suspect")) {
    paths.push(`/report/persons/${persons.length}/events`);
    persons.push({ ...nobodyYet(persons), events: [event] });
  } else if (!isSomebodys && first >= 0) {
    paths.push(`/report/evidence/${first}/events`);
    evidence = evidence.map((item, index) =>
      index === first ? { ...item, events: [...item.events, event] } : item,
    );
  }
  const network: Claim = {
    about: { kind: "ip", address: AN_ADDRESS },
    source: { kind: "list", name: "as if looked up" },
    states: { kind: "network", network: "access", country: "GB" },
  };
  return {
    report: { ...report, persons, evidence },
    claims: paths.length === 0 ? claims : [...claims, network],
    paths,
  };
}
