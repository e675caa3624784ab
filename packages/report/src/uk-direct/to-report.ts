import { isDeepStrictEqual } from "node:util";
import type { Evidence } from "../evidence.ts";
import type { Person } from "../person.ts";
import type { Report, Statement } from "../report.ts";
import type { UkItems, UkReport, UkStanding } from "./document.ts";
import { NOBODY_ASKED } from "./items-of.ts";
import { UK_ITEM_IDS } from "./law.ts";
import { saidBy, ukStatement } from "./wire-statements.ts";

/**
 * The internal report of a UK direct report. A value is what it was at the provider; what the model has no place for (priority, links,
 * who said that an item is not held) stands as statements in the wire's words. The provider's P1 is a claim of the provider: it asks
 * for haste and says why, and the urgency rules decide what that means.
 */
export function ukToReport(document: UkReport): Report {
  const { provider, reference, numbers, incident, priority, items } = document;
  const sender = { kind: "platform" as const, id: provider.id, name: provider.name };
  const service = held(items.platform);
  const channel = service?.channel ?? held(items["content-url"])?.page;
  const detected = held(items["how-detected"]);
  return {
    version: 1,
    sender,
    references: [
      { kind: "this-report", ...reference },
      ...numbers,
      ...(held(items["previous-report"]) ?? []),
    ],
    incident: {
      ...incident,
      ...(service?.name === undefined ? {} : { platform: service.name }),
      ...(channel === undefined ? {} : { channel }),
    },
    persons: document.people.map((person) => ({ ...person, ...partsOf(person.key, items) })),
    evidence: evidenceOf(items),
    claims: [
      ...(priority.level === "P1" && priority.why !== undefined
        ? [
            {
              about: { kind: "report" as const },
              source: { kind: "sender" as const, name: provider.name },
              states: { kind: "escalation" as const, text: priority.why },
            },
          ]
        : []),
      ...(detected?.claims ?? []),
    ],
    statements: [...(held(items["detected-content"])?.texts ?? []), ...inItsWords(document)],
  };
}

/** The value of an item, where it is held. */
export function held<Standing extends UkStanding>(
  standing: Standing,
): (Extract<Standing, { state: "held" }> extends { value: infer Value } ? Value : never) | undefined {
  return standing.state === "held" && "value" in standing ? (standing.value as never) : undefined;
}

function partsOf(key: Person["key"], items: UkItems): Pick<Person, "identifiers" | "events" | "places"> {
  const handles = [
    held(items["reporting-person"])?.handles,
    held(items.username),
    held(items.email),
    held(items["recovery-email"]),
    held(items.phone),
    held(items["profile-url"]),
    held(items.billing)?.handles,
    held(items["linked-accounts"]),
  ].flatMap((found) => found ?? []);
  const events = [
    ...(held(items["upload-connection"])?.people ?? []),
    ...(held(items["login-connections"]) ?? []),
  ];
  const places = held(items.billing)?.places ?? [];
  return {
    identifiers: handles.filter(({ person }) => person === key).map(({ identifier }) => identifier),
    events: events.filter(({ person }) => person === key).map(({ event }) => event),
    places: places.filter(({ person }) => person === key).map(({ place }) => place),
  };
}

function evidenceOf(items: UkItems): Evidence[] {
  const times = held(items["upload-time"]) ?? [];
  const urls = held(items["content-url"])?.files ?? [];
  const hashes = held(items["original-hash"]) ?? [];
  const exif = held(items.exif) ?? [];
  const events = held(items["upload-connection"])?.files ?? [];
  return (held(items["detected-content"])?.files ?? []).map((file) => {
    const ofFile = (item: { file: string }) => item.file === file.id;
    const at = times.find(ofFile)?.at;
    const url = urls.find(ofFile)?.url;
    return {
      ...file,
      ...(at === undefined ? {} : { uploadedAt: at }),
      ...(url === undefined ? {} : { location: url }),
      declaredHashes: hashes.filter(ofFile).map(({ hash }) => hash),
      events: events.filter(ofFile).map(({ event }) => event),
      details: exif.filter(ofFile).map(({ detail }) => detail),
    };
  });
}

function inItsWords(document: UkReport): Statement[] {
  const { provider, priority, follows, links, declaration, items } = document;
  return [
    ukStatement("provider", provider.established),
    ukStatement(
      "priority",
      [priority.level, ...(priority.why === undefined ? [] : [priority.why])].join("\n"),
    ),
    ...(follows === undefined ? [] : [ukStatement("follows", follows)]),
    ...links.map(({ basis, evidence }) => ukStatement("link", `${basis}\n${evidence}`)),
    ...(declaration
      ? [ukStatement("declaration", "all information that is reasonably available is included")]
      : []),
    ...(held(items["how-detected"])?.words ?? []).map((words) => ukStatement("how-detected", words)),
    ...(held(items["identity-documents"]) ?? []).map(({ words, person }) =>
      ukStatement("identity-documents", words, person === undefined ? {} : { person }),
    ),
    ...UK_ITEM_IDS.flatMap((id) => standingOf(document, id, items[id])),
  ];
}

/** What goes without saying is not said: the provider gives what it holds, and nobody asked for the rest. */
function standingOf(
  { provider }: UkReport,
  id: (typeof UK_ITEM_IDS)[number],
  standing: UkStanding,
): Statement[] {
  const { state, by } = standing;
  if (state === "held" && isDeepStrictEqual(by, { kind: "sender", name: provider.name })) return [];
  if (state === "not-asked" && isDeepStrictEqual(by, NOBODY_ASKED)) return [];
  return [ukStatement(`standing/${id}`, saidBy(state, by, state === "not-held" ? standing.note : undefined))];
}
