import {
  type Claim,
  type Evidence,
  type EvidenceId,
  identifier,
  type Moment,
  parseIp,
  parseMoment,
  type Person,
  type PersonKey,
  type Report,
} from "@fairlead/report";
import { claimOfMatch, type FoundMatch } from "./matches.ts";
import type { MediaPost } from "./wire.ts";

/** A file of a matter that is to be reported, with every post of it there. */
export interface FileOfMatter {
  evidence: EvidenceId;
  size: number;
  sha256: string;
  sha1: string;
  md5: string;
  format: string | null;
  /** Only one that was made the reference's way: it is what others compare with. */
  pdq: string | null;
  matches: readonly FoundMatch[];
  posts: readonly MediaPost[];
}

export interface Matter {
  id: string;
  station: { name: string };
  sender: Report["sender"];
  /** The number of the report about what the same account posted before. */
  prior: string | undefined;
  files: readonly FileOfMatter[];
  /** When the station says so. */
  at: string;
}

const SUSPECT = "suspect-1" as PersonKey;
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  tiff: "image/tiff",
  avif: "image/avif",
  mp4: "video/mp4",
  matroska: "video/x-matroska",
  avi: "video/x-msvideo",
  mpegts: "video/mp2t",
  flv: "video/x-flv",
  ogg: "video/ogg",
};

/** The media type of what first bytes say. */
export function mediaTypeOf(format: string | null): string | undefined {
  return format === null ? undefined : MEDIA_TYPES[format];
}

/** One report about what was posted: what the platform knows of it, and nothing that anybody has concluded. */
export function composeReport({ id, station, sender, prior, files }: Matter): Report {
  const posts = files.flatMap((file) => file.posts).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const [first] = posts;
  if (first === undefined) throw new Error("a matter that is reported has posts");
  const urls = [...new Set(posts.map(({ where }) => where).filter((where) => URL.canParse(where)))];
  return {
    version: 1,
    sender,
    references: [
      { kind: "this-report", issuer: station.name, value: id },
      ...(prior === undefined ? [] : [{ kind: "prior-report" as const, issuer: station.name, value: prior }]),
    ],
    incident: {
      type: "abuse-material",
      occurred: moment(first.at),
      occurredMeaning: "When the first of the files was posted.",
      platform: station.name,
      ...(urls.length === 0 ? {} : { channel: { kind: "web-page", urls: urls.slice(0, 1000) } }),
    },
    persons: [suspect(posts, station.name)],
    evidence: files.map((file) => evidenceOf(file)),
    claims: files.flatMap((file) => publicClaims(file, sender.name)),
    statements: [],
  };
}

/** What the banks claim about the files, each in its own source's name. */
export function claimsOfBanks({ files, at }: Matter): Claim[] {
  return files.flatMap(({ evidence, matches }) => matches.map((found) => claimOfMatch(found, evidence, at)));
}

function suspect(posts: readonly MediaPost[], platform: string): Person {
  const accounts = new Map(posts.map(({ account }) => [account.id, account]));
  const identifiers = [...accounts.values()].flatMap(({ id, name, profile }) => [
    identifier("account", id, { platform }),
    ...(name === undefined ? [] : [identifier("screen-name", name, { platform })]),
    ...(profile === undefined ? [] : [identifier("profile-url", profile, { platform })]),
  ]);
  return {
    key: SUSPECT,
    role: "suspect",
    identifiers: identifiers.filter((found) => found !== undefined),
    events: posts.map(eventOf),
    places: [],
  };
}

function eventOf({ at, address, port }: MediaPost): Person["events"][number] {
  const canonical = address === undefined ? undefined : parseIp(address)?.address;
  return {
    kind: "upload",
    moment: moment(at),
    ...(address === undefined
      ? {}
      : { ip: { raw: address, ...(canonical === undefined ? {} : { address: canonical }) } }),
    ...(port === undefined ? {} : { port }),
  };
}

function evidenceOf(file: FileOfMatter): Evidence {
  const { evidence, size, sha256, sha1, md5, format, pdq, matches, posts } = file;
  const [first] = posts;
  if (first === undefined) throw new Error("a file of a matter was posted");
  const mediaType = mediaTypeOf(format);
  return {
    id: evidence,
    kind: "file",
    received: { size, sha256, sha1, md5 },
    declaredHashes: [
      { algorithm: "MD5", value: md5 },
      { algorithm: "SHA1", value: sha1 },
      ...(pdq === null ? [] : [{ algorithm: "PDQ", value: pdq }]),
    ],
    ...(first.fileName === undefined ? {} : { name: first.fileName }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(URL.canParse(first.where) ? { location: first.where } : {}),
    uploadedAt: moment(first.at),
    relevance: "reported",
    events: [eventOf(first)],
    details: [
      ...(URL.canParse(first.where) ? [] : [{ name: "Posted at", value: first.where }]),
      ...matches.map((found) => ({
        group: "HASH",
        name: `Match: ${found.bankName}`.slice(0, 64),
        value: matchWords(found),
      })),
    ],
  };
}

/** A match as the wire can carry it: whose claim, how exact, and the hash of the list. */
function matchWords(found: FoundMatch): string {
  const { source, match, kind, value, distance, semantics, classification, trust } = found;
  const how =
    match === "exact"
      ? `exact ${kind.toUpperCase()}`
      : `looks alike by ${semantics ?? "pdq"}, ${distance} bits apart${foundBy(found)}`;
  const grade = classification === undefined ? "no grade" : `graded ${classification} by the list`;
  return `${how}; source: ${source} (${trust}); ${grade}; hash of the list: ${value}`;
}

function foundBy({ probe, frames }: FoundMatch): string {
  if (frames === undefined) return probe === "plain" ? "" : `, found as ${probe}`;
  return `, ${frames.alike} of ${frames.of} frames, at second ${frames.seconds.join(", ")}`;
}

function publicClaims({ evidence, posts }: FileOfMatter, name: string): Claim[] {
  const said = posts.map((post) => post.public).filter((value) => value !== undefined);
  if (said.length === 0) return [];
  return [
    {
      about: { kind: "evidence", id: evidence },
      source: { kind: "sender", name },
      states: { kind: "flag", flag: "publicly-available", value: said.includes(true) },
    },
  ];
}

/** The door has taken only times with their zones. */
function moment(raw: string): Moment {
  return parseMoment(raw) ?? { raw, zone: "none" };
}
