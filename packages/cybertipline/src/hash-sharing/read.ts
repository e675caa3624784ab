import type { Problem } from "../problem.ts";
import type { XmlElement } from "../xml/element.ts";
import { readXml } from "../xml/read.ts";
import type {
  FeedbackReason,
  HashEntry,
  HashFeedback,
  HashFingerprint,
  HashMember,
  HashPage,
  HashStatus,
  HashTombstone,
} from "./document.ts";

/** A document that was read, or why not. `path` of the problem says where in it. */
export type HashRead<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly problem: Problem | HashProblem };

/** The document is XML and not what was asked for. */
export interface HashProblem {
  readonly code: "hash-sharing.document";
  readonly path: string;
  readonly message: string;
}

/** What one page may hold; the protocol's are of 1,000. */
const MOST_ENTRIES = 10_000;
/** No name, number or path of the protocol is as long as this; a fingerprint may be. */
const LONGEST_NAME = 2000;

/** Reads a page of `/v2/entries`. DOCTYPE, entities and documents beyond the wire's limits are refused (`../xml/gate.ts`). */
export function readHashPage(xml: string | Uint8Array): HashRead<HashPage> {
  return reading(xml, "queryResult", (root) => {
    const items = ["images", "videos"].flatMap((name) => child(root, name)?.children ?? []);
    if (items.length > MOST_ENTRIES)
      throw new Unread("/queryResult", `holds ${items.length} entries; a page has 1,000`);
    const entries: HashEntry[] = [];
    const deleted: HashTombstone[] = [];
    for (const [at, item] of items.entries()) {
      const path = `/queryResult/${local(item)}[${at + 1}]`;
      switch (local(item)) {
        case "image":
        case "video":
          entries.push(entryOf(item, local(item) === "image" ? "image" : "video", path));
          break;
        case "deletedImage":
        case "deletedVideo":
          deleted.push(itemOf(item, local(item) === "deletedImage" ? "image" : "video", path));
          break;
        default:
          throw new Unread(path, "is neither an entry nor a tombstone");
      }
    }
    const next = textOf(child(child(root, "paging"), "next"));
    if ((next ?? "").length > LONGEST_NAME) throw new Unread("/queryResult/paging/next", "is too long");
    return { entries, deleted, ...(next === undefined ? {} : { next }) };
  });
}

/** Reads `/v2/status`. */
export function readHashStatus(xml: string | Uint8Array): HashRead<HashStatus> {
  return reading(xml, "status", (root) => ({
    ipAddress: textOf(child(root, "ipAddress")) ?? "",
    username: textOf(child(root, "username")) ?? "",
    member: memberOf(root, "/status"),
  }));
}

/** Reads `/v2/feedback/{TYPE}/reasons`. */
export function readFeedbackReasons(xml: string | Uint8Array): HashRead<readonly FeedbackReason[]> {
  return reading(xml, "availableFeedbackReasons", (root) =>
    root.children
      .filter((each) => local(each) === "reason")
      .map((each, at) => {
        const path = `/availableFeedbackReasons/reason[${at + 1}]`;
        return {
          guid: required(attribute(each, "guid"), `${path}/@guid`),
          name: attribute(each, "name") ?? "",
          type: attribute(each, "type") ?? "",
        };
      }),
  );
}

/** Reads the body of a feedback, as a server gets it. */
export function readFeedback(xml: string | Uint8Array): HashRead<HashFeedback> {
  return reading(xml, "feedbackSubmission", (root) => {
    const [said, ...more] = root.children;
    if (said === undefined || more.length > 0)
      throw new Unread("/feedbackSubmission", "holds not one opinion");
    if (local(said) === "affirmative") return { opinion: "affirmative" as const };
    if (local(said) !== "negative") throw new Unread("/feedbackSubmission", "holds no opinion that is known");
    const reasons = (child(said, "reasonIds")?.children ?? []).flatMap((each) => textOf(each) ?? []);
    if (reasons.length === 0) throw new Unread("/feedbackSubmission/negative/reasonIds", "names no reason");
    return { opinion: "negative" as const, reasons };
  });
}

class Unread extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

function reading<Document>(
  xml: string | Uint8Array,
  root: string,
  read: (root: XmlElement) => Document,
): HashRead<Document> {
  const parsed = readXml(xml);
  if (!parsed.ok) return parsed;
  const { root: element } = parsed;
  try {
    if (local(element) !== root) throw new Unread(`/${local(element)}`, `is not a <${root}>`);
    return { ok: true, document: read(element) };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const { path, message } = error;
    return { ok: false, problem: { code: "hash-sharing.document", path, message } };
  }
}

function itemOf(item: XmlElement, media: "image" | "video", path: string): HashTombstone {
  return {
    media,
    member: memberOf(item, path),
    id: required(textOf(child(item, "id")), `${path}/id`),
    timestamp: timeOf(textOf(child(item, "timestamp")), `${path}/timestamp`),
  };
}

function entryOf(item: XmlElement, media: "image" | "video", path: string): HashEntry {
  const classification = textOf(child(item, "classification"));
  const fingerprints = (child(item, "fingerprints")?.children ?? []).flatMap((each): HashFingerprint[] => {
    const value = textOf(each);
    // Servers send elements without text for hashes that they do not have.
    return value === undefined ? [] : [{ tag: local(each), value }];
  });
  return {
    ...itemOf(item, media, path),
    ...(classification === undefined ? {} : { classification }),
    fingerprints,
    categorizations: categorizationsIn(item),
  };
}

function categorizationsIn(item: XmlElement): string[] {
  return item.children.flatMap((each) => {
    if (local(each) !== "categorization") return categorizationsIn(each);
    const name = attribute(each, "name") ?? textOf(each);
    return name === undefined ? [] : [name];
  });
}

function memberOf(parent: XmlElement, path: string): HashMember {
  const member = child(parent, "member");
  return {
    id: required(member && attribute(member, "id"), `${path}/member/@id`),
    name: (member && textOf(member)) ?? "",
  };
}

/** In UTC with whole seconds; others are taken as what they say. */
function timeOf(text: string | undefined, path: string): string {
  const at = /^\d{4}-\d\d-\d\dT.+(?:Z|[+-]\d\d:?\d\d)$/.test(text ?? "")
    ? Date.parse(text ?? "")
    : Number.NaN;
  if (Number.isNaN(at)) throw new Unread(path, "is not a time with its zone");
  return new Date(at).toISOString();
}

function required(text: string | undefined, path: string): string {
  if (text === undefined || text === "") throw new Unread(path, "is missing");
  if (text.length > LONGEST_NAME) throw new Unread(path, "is too long");
  return text;
}

function local({ name }: XmlElement): string {
  return name.slice(name.indexOf(":") + 1);
}

function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((each) => local(each) === name);
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((each) => each.name === name)?.value;
}

function textOf(element: XmlElement | undefined): string | undefined {
  const text = element?.text.trim() ?? "";
  return text === "" ? undefined : text;
}
