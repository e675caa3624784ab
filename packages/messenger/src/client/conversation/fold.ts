import type { FilePart, Meaning } from "../message/meaning.ts";
import type { Body, FileView, Message } from "../state.ts";
import type { LineRecord, MessageRecord } from "../store/records.ts";

/** A stored line with what it says; no meaning for what is not open, and for remarks. */
export interface ReadLine {
  readonly key: string;
  readonly record: LineRecord;
  readonly meaning: Meaning | null;
}

/** What the outbox still holds for a room, as it will look. */
export interface PendingLine {
  readonly key: string;
  readonly at: number;
  readonly meaning: Meaning;
  readonly delivery: Message["delivery"];
  readonly disappearing: boolean;
}

export interface Onlooker {
  readonly uri: string;
  readonly blocked: ReadonlySet<string>;
  readonly trusted: ReadonlySet<string>;
  readonly blurPictures: boolean;
}

/** Longest piece of a message that an answer to it shows. */
const EXCERPT_LENGTH = 140;

type RoomBody = Extract<Body, { kind: "room" }>;

type Draft = { -readonly [K in keyof Message]: Message[K] };

/**
 * A conversation as a person reads it: edits, deletions and reactions folded into the messages that they are about.
 * Only who wrote a message can change it; whatever else claims to is left out here (a report still shows it).
 *
 * @param lines in the room's order
 */
export function foldConversation(
  lines: readonly ReadLine[],
  pending: readonly PendingLine[],
  onlooker: Onlooker,
): readonly Message[] {
  const fold = makeFold(onlooker);
  for (const line of lines) fold.take(line);
  for (const one of pending) fold.takePending(one);
  return fold.messages();
}

function makeFold(onlooker: Onlooker) {
  const drafts: Draft[] = [];
  /** Every version of a message, by its id. */
  const byId = new Map<string, Draft>();
  /** Reactions by their own id. */
  const reactions = new Map<string, { on: Draft; from: string }>();
  const chosen = new Map<Draft, Map<string, string>>();
  const replies: { draft: Draft; to: string }[] = [];
  let room: RoomBody | null = null;

  function add(draft: Draft, id: string | null): void {
    drafts.push(draft);
    if (id !== null) byId.set(id, draft);
  }

  function say(draft: Draft, id: string | null, meaning: Meaning): void {
    const body = bodyOf(meaning, draft.from, onlooker);
    if (body !== null) {
      draft.body = body.kind === "room" ? { ...body, changed: changedSince(room, body) } : body;
      if (body.kind === "room") room = body;
      add(draft, id);
      const to = "replyTo" in meaning ? meaning.replyTo : null;
      if (to !== null) replies.push({ draft, to });
    } else change(draft.from, id, meaning);
  }

  function change(from: string, id: string | null, meaning: Meaning): void {
    if (meaning.kind === "reaction") return react(from, id, meaning.of, meaning.emoji);
    if (meaning.kind === "unreaction") return unreact(from, meaning.of);
    if (meaning.kind !== "edit" && meaning.kind !== "deletion") return;
    const on = byId.get(meaning.of);
    if (on === undefined || on.from !== from || isOver(on.body)) return;
    if (id !== null) byId.set(id, on);
    if (meaning.kind === "deletion") on.body = { kind: "deleted", until: null };
    else if (on.body.kind === "text") {
      on.body = { kind: "text", text: meaning.text };
      on.edited = true;
    }
  }

  function react(from: string, id: string | null, of: string, emoji: string): void {
    const on = byId.get(of);
    if (on === undefined) return;
    if (id !== null) reactions.set(id, { on, from });
    const here = chosen.get(on) ?? new Map<string, string>();
    chosen.set(on, here.set(from, emoji));
  }

  function unreact(from: string, of: string): void {
    const known = reactions.get(of);
    if (known?.from === from) chosen.get(known.on)?.delete(from);
  }

  return {
    take({ key, record, meaning }: ReadLine): void {
      const from = record.kind === "remark" ? record.from : record.senderUri;
      if (onlooker.blocked.has(from) && record.kind === "message") return;
      if (record.kind === "remark") {
        add(
          { ...emptyDraft(key, from, onlooker), at: record.at, body: record.what, reportable: false },
          null,
        );
        return;
      }
      // The same message twice, or an echo that nobody waits for: it has its place in the chain and none on the page.
      if (record.refused?.startsWith("twice") === true) return;
      const draft = draftOf(key, record, onlooker);
      if (record.refused !== null) return add(draft, null);
      if (meaning !== null) return say(draft, record.messageId, meaning);
      if (record.about === null) return add(draft, record.messageId);
      // A version or a reaction whose opening is closed stays about its message.
      const on = byId.get(record.about);
      if (on !== undefined && record.messageId !== null) byId.set(record.messageId, on);
    },
    takePending({ key, at, meaning, delivery, disappearing }: PendingLine): void {
      const draft = {
        ...emptyDraft(key, onlooker.uri, onlooker),
        at,
        delivery,
        disappearing,
        reportable: false,
      };
      say(draft, null, meaning);
    },
    messages(): readonly Message[] {
      for (const { draft, to } of replies) draft.replyTo = quoted(byId.get(to), to);
      for (const draft of drafts) draft.reactions = counted(chosen.get(draft), onlooker.uri);
      return drafts;
    },
  };
}

function emptyDraft(key: string, from: string, { uri }: Onlooker): Draft {
  return {
    key,
    seq: null,
    from,
    own: from === uri,
    at: 0,
    delivery: "sent",
    body: { kind: "unsupported", contentType: "" },
    edited: false,
    replyTo: null,
    reactions: [],
    expiresAt: null,
    disappearing: false,
    reportable: true,
  };
}

function draftOf(lineKey: string, record: MessageRecord, onlooker: Onlooker): Draft {
  const { opening, refused, expiry } = record;
  const draft = {
    ...emptyDraft(record.localId ?? record.messageId ?? lineKey, record.senderUri, onlooker),
    seq: record.seq,
    at: record.acceptedAt,
    disappearing: expiry !== null,
    expiresAt:
      expiry === null || expiry.startedAt === null || opening.state !== "open"
        ? null
        : expiry.startedAt + expiry.seconds * 1000,
    reportable: refused === null && opening.state !== "gone",
  };
  // The hub let go of it before this device came: it was not refused, it is not there.
  if (refused === "expired") return { ...draft, body: { kind: "missing", count: 1 } };
  if (refused !== null) return { ...draft, body: { kind: "unverifiable", code: refused } };
  if (opening.state === "open") return draft;
  const kind = opening.why === "deleted" ? "deleted" : "disappeared";
  return { ...draft, body: { kind, until: opening.state === "sealed" ? opening.until : null } };
}

/** null for what changes another message instead of standing for itself. */
function bodyOf(meaning: Meaning, from: string, onlooker: Onlooker): Body | null {
  switch (meaning.kind) {
    case "text":
      return { kind: "text", text: meaning.text };
    case "file":
      return {
        kind: "file",
        file: fileView(meaning.file, from, onlooker),
        thumbnail: meaning.thumbnail === null ? null : fileView(meaning.thumbnail, from, onlooker),
        caption: meaning.caption,
      };
    case "room":
      return { kind: "room", name: meaning.name, timerSeconds: meaning.timerSeconds, changed: "both" };
    case "unsupported":
      return { kind: "unsupported", contentType: meaning.contentType };
    case "edit":
    case "deletion":
    case "reaction":
    case "unreaction":
      return null;
  }
}

/** Without a line to compare with, whatever is set is what was changed. */
function changedSince(before: RoomBody | null, now: RoomBody): RoomBody["changed"] {
  const name = now.name !== (before?.name ?? null);
  const timer = now.timerSeconds !== (before?.timerSeconds ?? null);
  if (name && timer) return "both";
  return timer ? "timer" : "name";
}

function fileView({ root, part, commitment }: FilePart, from: string, onlooker: Onlooker): FileView {
  const isSeen = /^(?:image|video)\//i.test(part.contentType);
  return {
    root,
    name: part.filename,
    contentType: part.contentType,
    size: plainSize(commitment),
    blurred: isSeen && onlooker.blurPictures && from !== onlooker.uri && !onlooker.trusted.has(from),
  };
}

/** Each chunk of the ciphertext carries a tag of 16 bytes. */
function plainSize({ size, chunk }: FilePart["commitment"]): number {
  return Number(size) - Math.ceil(Number(size) / (chunk + 16)) * 16;
}

function isOver(body: Body): boolean {
  return body.kind === "deleted" || body.kind === "disappeared" || body.kind === "unverifiable";
}

function quoted(on: Draft | undefined, id: string): Message["replyTo"] {
  if (on === undefined) return { key: id, from: null, excerpt: null };
  return { key: on.key, from: on.from, excerpt: excerptOf(on.body) };
}

function excerptOf(body: Body): string | null {
  const text =
    body.kind === "text" ? body.text : body.kind === "file" ? body.caption || body.file.name : null;
  if (text === null || text.length <= EXCERPT_LENGTH) return text;
  return `${text.slice(0, EXCERPT_LENGTH)}…`;
}

function counted(chosen: ReadonlyMap<string, string> | undefined, own: string): Message["reactions"] {
  const byEmoji = new Map<string, string[]>();
  for (const [from, emoji] of chosen ?? []) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), from]);
  return [...byEmoji].map(([emoji, from]) => ({ emoji, from, own: from.includes(own) }));
}
