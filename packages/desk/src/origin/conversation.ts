import {
  attachmentCommitmentsOf,
  type BundleItem,
  decodeBundle,
  decodeCbor,
  decodeContent,
  decodeSignedBundle,
  hexOf,
  type MimiContent,
  type NestedPart,
  type ReportBundle,
} from "@fairlead/franking";

/** draft-ietf-mimi-content, section 4.4: a part that reacts to another message, and one that is a preview of another part. */
const REACTION = 2;
const PREVIEW = 8;
/** What the messenger calls the message that names a room: CBOR `[name / null, seconds / null, direct]`. */
const ROOM_INFO = "application/vnd.fairlead.room+cbor";

/** A report bundle as a person reads it, from the first place of its window to the last. */
export interface Conversation {
  room: string;
  reporter: string;
  /** Whom the report is about; empty if the reporter did not say. */
  accused: string;
  category: string;
  note: string;
  lines: Line[];
}

export type Line = MessageLine | AbsentLine;

/** Places of the conversation that are not shown: kept back and named, or not even named. */
export interface AbsentLine {
  kind: "withheld" | "missing";
  from: string;
  to: string;
  count: number;
}

export interface MessageLine {
  kind: "message";
  /** Place in the bundle, by which a verdict is found. */
  index: number;
  seq: string;
  sender: string;
  device: string;
  /** UTC; absent for a number that is no time. */
  acceptedAt: string | undefined;
  isSelected: boolean;
  says: Saying;
  files: ShownFile[];
  disappears: boolean;
  /** Place of the message that this one answers, changes or reacts to; `"not-shown"` if it is not in the bundle. */
  target: string | undefined;
  /** Places of messages of the same sender that change this one. */
  replacedBy: string[];
}

export type Saying =
  | { kind: "text" | "reply" | "edit" | "reaction"; texts: string[]; others: string[] }
  | { kind: "removal" }
  | { kind: "room"; name: string | undefined }
  | { kind: "unreadable" };

export interface ShownFile {
  name: string;
  type: string;
  size: string;
  /** A small picture of the file beside it; both are shown, because they may differ. */
  isPreview: boolean;
  /** Root that the message commits to, hex; absent if it commits to none. */
  root: string | undefined;
}

/** Names a message, as `messageIdOf` does; rejects where the browser has no WebCrypto (a page without TLS). */
export type MessageIdOf = (content: Uint8Array) => Promise<Uint8Array>;

interface Read {
  item: BundleItem;
  content: MimiContent | undefined;
  id: string | undefined;
}

/**
 * Reads a report bundle. What a single message holds may be beyond this desk; then its line says so and the others stand.
 * @throws FrankingError for bytes that are no bundle
 */
export async function readConversation(bytes: Uint8Array, idOf: MessageIdOf): Promise<Conversation> {
  const bundle = decodeBundle(decodeSignedBundle(bytes).bundle);
  const read = await Promise.all(bundle.items.map((item) => readItem(item, idOf)));
  const places = new Map(read.flatMap(({ id, item }) => (id === undefined ? [] : [[id, seqOf(item)]])));
  const messages = read.map((one, index) => messageLine(one, index, places));
  for (const { says, target, seq, sender } of messages) {
    if (says.kind !== "edit" && says.kind !== "removal") continue;
    messages.find((one) => one.seq === target && one.sender === sender)?.replacedBy.push(seq);
  }
  return {
    room: bundle.roomUri,
    reporter: bundle.reporter.uri,
    accused: bundle.accusedUri,
    category: bundle.category,
    note: bundle.note,
    lines: inOrder(bundle, messages),
  };
}

async function readItem(item: BundleItem, idOf: MessageIdOf): Promise<Read> {
  const content = attempt(() => decodeContent(item.content));
  const id = content === undefined ? undefined : await idOf(item.content).catch(() => undefined);
  return { item, content, id: id === undefined ? undefined : hexOf(id) };
}

function messageLine(
  { item, content }: Read,
  index: number,
  places: ReadonlyMap<string, string>,
): MessageLine {
  const says = content === undefined ? ({ kind: "unreadable" } as const) : sayingOf(content);
  const meant = content?.replaces ?? content?.inReplyTo ?? null;
  return {
    kind: "message",
    index,
    seq: seqOf(item),
    sender: item.senderUri,
    device: hexOf(item.deviceId),
    acceptedAt: isoOf(item.acceptedAt),
    isSelected: item.selected,
    says,
    files: content === undefined ? [] : filesOf(content),
    disappears: (content?.expires ?? null) !== null,
    target: meant === null ? undefined : (places.get(hexOf(meant)) ?? "not-shown"),
    replacedBy: [],
  };
}

function sayingOf({ part, replaces, inReplyTo }: MimiContent): Saying {
  if (part.kind === "null" && replaces !== null) return { kind: "removal" };
  const room = roomOf(part);
  if (room !== undefined) return { kind: "room", name: room.name };
  const leaves = leavesOf(part);
  const texts = leaves.flatMap((leaf) => textOf(leaf) ?? []);
  const others = leaves.flatMap((leaf) =>
    leaf.kind === "single" && textOf(leaf) === undefined ? [leaf.contentType] : [],
  );
  if (part.disposition === REACTION) return { kind: "reaction", texts, others };
  if (replaces !== null) return { kind: "edit", texts, others };
  return { kind: inReplyTo === null ? "text" : "reply", texts, others };
}

function roomOf(part: NestedPart): { name: string | undefined } | undefined {
  if (part.kind !== "single" || part.contentType !== ROOM_INFO) return undefined;
  const value = attempt(() => decodeCbor(part.content));
  const name: unknown = Array.isArray(value) ? value[0] : undefined;
  return { name: typeof name === "string" ? name : undefined };
}

function filesOf(content: MimiContent): ShownFile[] {
  const commitments = attempt(() => attachmentCommitmentsOf(content)) ?? new Map();
  return leavesOf(content.part).flatMap((leaf) => {
    if (leaf.kind !== "external") return [];
    const commitment = commitments.get(leaf.url);
    return [
      {
        name: leaf.filename,
        type: leaf.contentType,
        size: leaf.size.toString(),
        isPreview: leaf.disposition === PREVIEW,
        root: commitment === undefined ? undefined : hexOf(commitment.root),
      },
    ];
  });
}

function leavesOf(part: NestedPart): NestedPart[] {
  return part.kind === "multi" ? part.parts.flatMap(leavesOf) : [part];
}

function textOf(part: NestedPart): string | undefined {
  if (part.kind !== "single" || !/^text\/(?:plain|markdown)(?:;|$)/i.test(part.contentType)) return undefined;
  return new TextDecoder().decode(part.content);
}

/** Every place of the window, in order: shown, kept back, or missing without being named. */
function inOrder({ window, withheld }: ReportBundle, messages: readonly MessageLine[]): Line[] {
  const places: ReadonlyArray<{ seq: bigint; message?: MessageLine }> = [
    ...messages.map((message) => ({ seq: BigInt(message.seq), message })),
    ...withheld.map(({ roomSeq: seq }) => ({ seq })),
  ].toSorted((one, other) => ascending(one.seq, other.seq));
  const lines: Line[] = [];
  let next = window.from;
  for (const { seq, message } of places) {
    if (seq > next) lines.push(absentLine("missing", next, seq - 1n));
    const last = lines.at(-1);
    if (message !== undefined) lines.push(message);
    else if (last?.kind === "withheld" && BigInt(last.to) === seq - 1n)
      lines[lines.length - 1] = absentLine("withheld", BigInt(last.from), seq);
    else lines.push(absentLine("withheld", seq, seq));
    next = seq + 1n;
  }
  if (next <= window.to) lines.push(absentLine("missing", next, window.to));
  return lines;
}

function absentLine(kind: AbsentLine["kind"], from: bigint, to: bigint): AbsentLine {
  return { kind, from: from.toString(), to: to.toString(), count: Number(to - from + 1n) };
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

function seqOf({ ext }: BundleItem): string {
  return ext.roomSeq.toString();
}

function isoOf(milliseconds: bigint): string | undefined {
  const at = new Date(Number(milliseconds));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
