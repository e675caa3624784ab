import { hash } from "node:crypto";
import {
  evidenceIdSchema,
  identifier,
  personKeySchema,
  type Channel,
  type Event,
  type Evidence,
  type Identifier,
  type Moment,
  type Person as ReportPerson,
  type Report,
  type Statement,
} from "@fairlead/report";
import { claimsOf } from "./claims.ts";
import { CONDUCT, type Draft, type DraftEvent, type DraftFile } from "./draft.ts";
import { chance, digits, pick, uuid } from "./draw.ts";
import { itemName, materialOf } from "./material.ts";
import type { Random } from "./random.ts";
import { DAY, stated } from "./time.ts";
import { AMENDMENT, CAMERAS, CHAT_LINES, NOTES, NOUNS, PRODUCTS } from "./words.ts";

/** A file of a simulated report, as its platform holds it. */
export interface SimulatedFile {
  evidenceId: string;
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface Written {
  report: Report;
  files: SimulatedFile[];
  /** When each time that the report states really was. */
  real: Map<Moment, number>;
}

/** What the writing of a report needs beside its draft. */
export interface Writing {
  seed: string;
  caseNumber: string;
  /** The earlier report that this one amends. */
  amends: string | null;
  /** `stand-in`: no bytes are made, and hashes are those of the item's name; equal items still have equal hashes. */
  material: "bytes" | "stand-in";
  review: "stated" | "planned";
  zonelessIncident: boolean;
  listedShare: number;
  /** Draws that belong to the draft: the same case sent again says the same. */
  random: (part: string) => Random;
  /** Draws that belong to this sending of it. */
  sending: Random;
}

/** Writes a draft as the report that the platform's own system hands to its station. */
export function compose(draft: Draft, writing: Writing): Written {
  const { platform, habit } = draft;
  const real = new Map<Moment, number>();
  const time = (at: number, style = draft.time): Moment => {
    const moment = stated(at, style);
    real.set(moment, at);
    return moment;
  };
  const zoneless = draft.time === "no-zone" || draft.time === "twelve-hour";
  const items = draft.files.map((file, index) => evidenceOf(draft, file, index, writing, time));
  const occurred = time(draft.at, zoneless && !writing.zonelessIncident ? "utc" : draft.time);
  const channel = channelOf(writing.random("channel"), draft);
  const report: Report = {
    version: 1,
    sender: { kind: "platform", id: platform.id, name: platform.name },
    references: [
      { kind: "this-report", issuer: platform.name, value: writing.caseNumber },
      ...(writing.amends === null
        ? []
        : [{ kind: "prior-report" as const, issuer: platform.name, value: writing.amends }]),
    ],
    incident: {
      type: draft.incident,
      occurred,
      ...(habit === "good"
        ? { occurredMeaning: "When the last file was uploaded, by our servers' clocks." }
        : {}),
      platform: platform.name,
      ...(channel === undefined ? {} : { channel }),
    },
    persons: personsOf(draft, writing, time),
    evidence: items.map(({ evidence }) => evidence),
    claims: [],
    statements: statementsOf(writing.random("statements"), draft, channel),
  };
  if (writing.amends !== null) report.statements.push({ topic: "note", text: AMENDMENT });
  report.claims.push(...claimsOf(draft, report, writing, time));
  return { report, files: items.flatMap(({ file }) => (file === undefined ? [] : [file])), real };
}

type TimeWriter = (at: number) => Moment;

function eventOf(event: DraftEvent, time: TimeWriter): Event {
  return {
    kind: event.kind,
    moment: time(event.at),
    ip: { raw: event.address, address: event.address },
    ...(event.port === null ? {} : { port: event.port }),
    ...(event.network === "vpn" && event.port !== null ? { possibleProxy: true } : {}),
  };
}

function evidenceOf(
  draft: Draft,
  { item, upload }: DraftFile,
  index: number,
  writing: Writing,
  time: TimeWriter,
): { evidence: Evidence; file: SimulatedFile | undefined } {
  const random = writing.random(`evidence-${index}`);
  const id = evidenceIdSchema.parse(uuid(writing.sending));
  const name = `IMG_${digits(random, 4)}`;
  const made =
    writing.material === "bytes"
      ? materialOf(writing.seed, item)
      : { bytes: new TextEncoder().encode(itemName(item)), mediaType: "text/plain", extension: "txt" };
  const measured = measure(made.bytes, writing.material);
  const held = draft.habit !== "hash-only";
  const declares = !held || (draft.habit === "good" && chance(random, 0.6));
  const evidence: Evidence = {
    id,
    kind: "file",
    ...(held ? { received: measured } : {}),
    declaredHashes: declares ? [{ algorithm: "MD5", value: measured.md5 }] : [],
    name: `${name}.${made.extension}`,
    mediaType: made.mediaType,
    ...(chance(random, 0.1)
      ? { location: `https://example.com/${pick(random, PRODUCTS)}/${digits(random, 9)}` }
      : {}),
    ...(upload === null ? {} : { uploadedAt: time(upload.at) }),
    relevance: item.kind === "other" && index > 0 ? "supplemental" : "reported",
    events: upload === null ? [] : [eventOf(upload, time)],
    details:
      item.kind === "photo" && chance(random, 0.1)
        ? [{ group: "EXIF", name: "Model", value: pick(random, CAMERAS) }]
        : [],
  };
  const file = { evidenceId: id, name: evidence.name ?? name, mediaType: made.mediaType, bytes: made.bytes };
  return { evidence, file: held && writing.material === "bytes" ? file : undefined };
}

/** Size and hashes of the bytes; of a stand-in one hash is made and the shorter ones are cut from it. */
function measure(bytes: Uint8Array, material: Writing["material"]): NonNullable<Evidence["received"]> {
  const sha256 = hash("sha256", bytes);
  if (material === "stand-in")
    return { size: bytes.length, sha256, sha1: sha256.slice(0, 40), md5: sha256.slice(0, 32) };
  return { size: bytes.length, sha256, sha1: hash("sha1", bytes), md5: hash("md5", bytes) };
}

function personsOf(draft: Draft, writing: Writing, time: TimeWriter): ReportPerson[] {
  const random = writing.random("persons");
  const suspect: ReportPerson = {
    key: personKeySchema.parse("suspect-1"),
    role: "suspect",
    identifiers: identifiersOf(random, draft, time),
    events: draft.events.map((event) => eventOf(event, time)),
    places:
      draft.declared && draft.person.home !== null
        ? [
            {
              basis: "declared",
              addressKind: "home",
              postcode: draft.person.home.postcode,
              country: "GB",
              verified: "unknown",
            },
          ]
        : [],
  };
  const other = (role: "victim" | "recipient"): ReportPerson => ({
    key: personKeySchema.parse(`${role}-1`),
    role,
    identifiers: found([
      identifier("account", `x${digits(random, 12)}`, { platform: draft.platform.name, verified: "unknown" }),
      identifier("screen-name", `${pick(random, NOUNS)}.${digits(random, 3)}`, {
        platform: draft.platform.name,
      }),
    ]),
    events: [],
    places: [],
  });
  const conduct = CONDUCT.has(draft.incident);
  return [
    suspect,
    ...(conduct && chance(random, 0.6) ? [other("victim")] : []),
    ...(!conduct && draft.person.intent === "trading" && chance(random, 0.2) ? [other("recipient")] : []),
  ];
}

function identifiersOf(
  random: Random,
  { account, person, platform, nameless, at }: Draft,
  time: TimeWriter,
): Identifier[] {
  const here = { platform: platform.name };
  const screenName = identifier("screen-name", account.screenName, here);
  if (nameless) return found([screenName]);
  const verified = chance(random, 0.7) ? "yes" : "unknown";
  return found([
    identifier("account", account.id, { ...here, verified: "yes" }),
    screenName,
    identifier("display-name", account.displayName, here),
    identifier("email", account.email, { verified: account.emailVerified }),
    person.phone === null
      ? undefined
      : identifier("phone", person.phone, {
          region: "GB",
          verified,
          label: "Mobile",
          ...(verified === "yes" ? { verifiedAt: time(at - 200 * DAY) } : {}),
        }),
    chance(random, 0.2)
      ? identifier("profile-url", `https://example.com/u/${account.screenName}`, here)
      : undefined,
  ]);
}

function found<T>(values: ReadonlyArray<T | undefined>): T[] {
  return values.filter((value) => value !== undefined);
}

function channelOf(random: Random, draft: Draft): Channel | undefined {
  const chat: Channel = { kind: "chat", client: draft.platform.name };
  if (CONDUCT.has(draft.incident)) return chat;
  const drawn = random.unit();
  if (drawn < 0.4)
    return { kind: "web-page", urls: [`https://example.com/${pick(random, PRODUCTS)}/${digits(random, 9)}`] };
  return drawn < 0.8 ? { ...chat, room: pick(random, NOUNS) } : undefined;
}

function statementsOf(random: Random, draft: Draft, channel: Channel | undefined): Statement[] {
  const statements: Statement[] = [];
  if (channel?.kind === "chat" && CONDUCT.has(draft.incident) && chance(random, 0.8)) {
    const lines = Array.from({ length: 3 + random.below(5) }, () => pick(random, CHAT_LINES));
    statements.push({ topic: "chat", text: lines.join("\n") });
  }
  if (chance(random, 0.3)) statements.push({ topic: "note", text: pick(random, NOTES) });
  return statements;
}
