import { canonicalJson, epochMs, type Person, type Reference, type Report } from "@fairlead/report";
import { accountValue } from "../linking/identifier-key.ts";
import { reportIdentity, reportLookups } from "../linking/same-report.ts";

/** How a report came to this station, as far as it tells arrivals apart. */
export interface Arrival {
  report: Report;
  /** The account or the peer that handed it in, and whether that one speaks for itself or passes on what others sent. */
  handedBy: string;
  passesOn: boolean;
  /** What this station calls it: its number, and the reference that it issued where it did. */
  numbers: readonly string[];
  /** What this station is called where somebody names its numbers. */
  station: { id: string; name: string };
  /** A reference of this station that the wire itself says it follows. */
  follows?: string | undefined;
}

/**
 * What a key says of those that hold it.
 * - `same-files`, `same-content`, `same-number`: all that hold one are one report that arrived more than once.
 * - `name`: the report can be called this; `naming`: it adds to the one that is called this.
 * - `hint`: those that hold one may be the same; `maybeSame` says whether.
 */
export const ARRIVAL_PARTS = ["same-files", "same-content", "same-number", "name", "naming", "hint"] as const;
export type ArrivalPart = (typeof ARRIVAL_PARTS)[number];
export interface ArrivalKey {
  part: ArrivalPart;
  key: string;
}

/** Accounts that are looked up under; a report that names more is found by these. */
const MOST_ACCOUNTS = 20;

/**
 * Under what a report joins those that came before or will come. Whatever both inlets carry is in it and nothing else: who told it,
 * the second in which it happened, the suspects' accounts and the files. Only a certain time and whole sets count, so that what
 * matches in part joins nothing (law 4).
 */
export function arrivalKeys(arrival: Arrival): ArrivalKey[] {
  const keys = [...sameKeys(arrival), ...nameKeys(arrival), ...hintKeys(arrival.report)];
  return [...new Map(keys.map((each) => [`${each.part} ${each.key}`, each])).values()];
}

function sameKeys({ report, handedBy, passesOn }: Arrival): ArrivalKey[] {
  const { accounts, files, own, at } = reportIdentity(report);
  const told = { accounts: accounts.length > 0 ? accounts : contactsOf(report), files };
  if (told.accounts.length === 0) return [];
  const second = at === undefined ? undefined : Math.floor(at / 1000);
  // A number can be guessed, and an account known: without files the second must agree as well.
  const sure = files.length > 0 ? {} : second === undefined ? undefined : { second };
  const numbered = own.flatMap((number): ArrivalKey[] =>
    sure === undefined ? [] : [{ part: "same-number", key: canonicalJson({ number, ...told, ...sure }) }],
  );
  if (second === undefined) return numbered;
  const content = files.length > 0 ? {} : contentOf(report);
  if (content === undefined) return numbered;
  const part = files.length > 0 ? "same-files" : "same-content";
  return [
    ...numbered,
    ...tellers(report, handedBy, passesOn).map(
      (teller): ArrivalKey => ({
        part,
        key: canonicalJson({ teller, second, ...told, ...content }),
      }),
    ),
  ];
}

/** One sender is known by its account at one inlet and by its name at another: either will do. */
function tellers({ sender }: Report, handedBy: string, passesOn: boolean): string[] {
  return [`by ${speakerOf(sender, handedBy, passesOn)}`, `name ${sender.kind} ${plain(sender.name)}`];
}

/** Whose word it is: an account speaks for itself, a peer passes on what its senders told it. */
function speakerOf(sender: Report["sender"], handedBy: string, passesOn: boolean): string {
  return passesOn ? `${handedBy}/${sender.kind}/${sender.id}` : handedBy;
}

/** Without files an account and a second are too little: everything that was said must be the same, and something must have been. */
function contentOf({ incident, persons, statements }: Report): object | undefined {
  const said = statements.flatMap(({ topic, text }) => (topic === "chat" ? [text] : [])).sort();
  const events = persons.flatMap(({ role, events }) =>
    events.flatMap(({ kind, moment, ip, port }) => {
      const at = epochMs(moment);
      return at === undefined ? [] : [canonicalJson([role, kind, at, ip?.address ?? null, port ?? null])];
    }),
  );
  if (said.length + events.length === 0) return undefined;
  return { type: incident.type, said, events: events.sort(), handles: persons.flatMap(handlesOf).sort() };
}

function handlesOf({ role, identifiers }: Person): string[] {
  return identifiers.map(({ kind, value, platform }) => canonicalJson([role, kind, value, platform ?? null]));
}

/** Where a report names no account: the suspects' mail addresses and telephones. */
function contactsOf({ persons }: Report): string[] {
  const found = persons.flatMap(({ role, identifiers }) =>
    role !== "suspect"
      ? []
      : identifiers.flatMap(({ kind, value, normalised }) =>
          normalised && (kind === "email" || kind === "phone") ? [`${kind} ${value}`] : [],
        ),
  );
  return [...new Set(found)].sort();
}

/**
 * What a report is called, and what it names as the one that it adds to. Only its own sender can add to a report. A number that stands
 * with a person says "we reported this person before", which is another report as a rule: it counts where account and second agree.
 */
function nameKeys({ report, handedBy, passesOn, numbers, station, follows }: Arrival): ArrivalKey[] {
  const speaker = speakerOf(report.sender, handedBy, passesOn);
  const told = toldOf(report);
  const called = (part: "name" | "naming", issuer: string, value: string, about: readonly string[]) =>
    about.map(
      (each): ArrivalKey => ({
        part,
        key: canonicalJson([speaker, plain(issuer), value.trim(), each]),
      }),
    );
  const whole = [""];
  const ours = numbers.flatMap((number) =>
    [station.id, station.name].flatMap((issuer) => called("name", issuer, number, [...whole, ...told])),
  );
  const references = report.references.flatMap(({ kind, issuer, value, person }: Reference) => {
    if (kind === "this-report") return called("name", issuer, value, [...whole, ...told]);
    if (kind !== "prior-report") return [];
    return called("naming", issuer, value, person === undefined ? whole : told);
  });
  return [
    ...ours,
    ...references,
    ...(follows === undefined ? [] : called("naming", station.id, follows, whole)),
  ];
}

function toldOf(report: Report): string[] {
  const { accounts, at } = reportIdentity(report);
  if (at === undefined) return [];
  return accounts.slice(0, MOST_ACCOUNTS).map((account) => `${Math.floor(at / 1000)} ${account}`);
}

function hintKeys(report: Report): ArrivalKey[] {
  const identity = reportIdentity(report);
  const accounts = identity.accounts.slice(0, MOST_ACCOUNTS);
  const minute = identity.at === undefined ? undefined : Math.floor(identity.at / 60_000);
  const times = minute === undefined ? [] : [minute - 1, minute, minute + 1];
  return [
    ...reportLookups({ ...identity, accounts }),
    ...times.flatMap((time) => accounts.map((account) => accountValue(String(time), account))),
  ].map((key) => ({ part: "hint", key }));
}

/** Names of issuers as people write them. */
function plain(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
