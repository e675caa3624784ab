import type { Body, Message, RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { spanWords } from "../time/when.ts";

type Names = (uri: string) => string;

/** What a conversation is called: its own name, or the people in it besides oneself. */
export function roomTitle(room: RoomSummary, me: string, nameOf: Names): string {
  if (room.name !== null && room.name !== "") return room.name;
  const others = room.members.filter((uri) => uri !== me).map(nameOf);
  if (others.length === 0)
    return room.notAdded.length > 0 ? peopleWords([...room.notAdded]) : t("rooms.only-you");
  return peopleWords(others);
}

/** `Ada`, `Ada and Ben`, `Ada, Ben and 3 others`. */
export function peopleWords(names: readonly string[]): string {
  const [first = "", second = "", ...rest] = names;
  if (names.length < 2) return first;
  return rest.length === 0
    ? t("people.and", { first, second })
    : t("people.and-more", { first, second, count: rest.length });
}

/** One line about the newest message, for the list of conversations. */
export function previewWords(message: Message, kind: RoomSummary["kind"], nameOf: Names): string {
  const said = bodyWords(message.body, message.from, nameOf);
  switch (message.body.kind) {
    case "text":
    case "file":
      if (message.own) return t("rooms.preview-own", { said });
      return kind === "group" ? t("rooms.preview-other", { name: nameOf(message.from), said }) : said;
    default:
      return said;
  }
}

/** What a message says, in one line of plain text. */
export function bodyWords(body: Body, from: string, nameOf: Names): string {
  switch (body.kind) {
    case "text":
      return body.text;
    case "file":
      return body.caption === "" ? fileWords(body.file.contentType, body.file.name) : body.caption;
    case "room":
      return roomChangeWords(body, from, nameOf);
    case "members":
      return membersWords(body, nameOf);
    case "device":
      return body.added > 0
        ? t("line.device-added", { name: nameOf(from), count: body.added })
        : t("line.device-removed", { name: nameOf(from), count: body.removed });
    case "deleted":
      return t("line.deleted", { name: nameOf(from) });
    case "disappeared":
      return t("line.disappeared");
    case "unverifiable":
      return t("line.unverifiable");
    case "missing":
      return t("line.missing", { count: body.count });
    case "unsupported":
      return t("line.unsupported");
  }
}

/** What kind of file it is; the name for what is neither picture nor video. */
export function fileWords(contentType: string, name: string): string {
  if (contentType.startsWith("image/")) return t("line.picture");
  if (contentType.startsWith("video/")) return t("line.video");
  return t("line.file", { name });
}

function roomChangeWords(body: Extract<Body, { kind: "room" }>, from: string, nameOf: Names): string {
  const name = nameOf(from);
  const parts: string[] = [];
  if (body.changed !== "timer" && body.name !== null)
    parts.push(t("line.renamed", { name, room: body.name }));
  if (body.changed !== "name")
    parts.push(
      body.timerSeconds === null
        ? t("line.timer-off", { name })
        : t("line.timer-on", { name, span: spanWords(body.timerSeconds) }),
    );
  return parts.join(" ");
}

function membersWords(body: Extract<Body, { kind: "members" }>, nameOf: Names): string {
  const you = t("people.you");
  // Whoever reads stands at the beginning of a sentence, not in the middle.
  const words = (uris: readonly string[]) =>
    peopleWords(uris.map(nameOf).toSorted((a, b) => Number(b === you) - Number(a === you)));
  const parts: string[] = [];
  if (body.joined.length > 0) parts.push(t("line.joined", { names: words(body.joined) }));
  if (body.left.length > 0) parts.push(t("line.left", { names: words(body.left) }));
  return parts.join(" ");
}
