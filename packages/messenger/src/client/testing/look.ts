import { handleOf } from "../context.ts";
import type { Message } from "../state.ts";
import type { Messenger } from "../types.ts";

/** A room's messages as somebody sees them. */
export async function messagesIn(messenger: Messenger, roomId: string): Promise<readonly Message[]> {
  await messenger.openRoom(roomId);
  return messenger.getRoom(roomId)?.messages ?? [];
}

/** What was said, each with who said it; lines about the room itself left out. */
export async function textsOf(messenger: Messenger, roomId: string): Promise<readonly string[]> {
  const messages = await messagesIn(messenger, roomId);
  return messages.flatMap(({ from, body }) => {
    if (body.kind === "members" || body.kind === "room" || body.kind === "device") return [];
    return [`${handleOf(from)}: ${body.kind === "text" ? body.text : `(${body.kind})`}`];
  });
}

/** Every line, the room's own among them. */
export async function linesIn(messenger: Messenger, roomId: string): Promise<readonly string[]> {
  const messages = await messagesIn(messenger, roomId);
  return messages.map(({ from, body }) => {
    switch (body.kind) {
      case "text":
        return `${handleOf(from)}: ${body.text}`;
      case "members":
        return [
          "members",
          ...body.joined.map((uri) => `+${handleOf(uri)}`),
          ...body.left.map((uri) => `-${handleOf(uri)}`),
        ].join(" ");
      case "unverifiable":
        return `unverifiable ${body.code}`;
      case "missing":
        return `missing ${body.count}`;
      case "device":
        return `device of ${handleOf(from)} +${body.added} -${body.removed}`;
      case "room":
        return `room ${body.name ?? ""} ${body.timerSeconds ?? ""}`.trim();
      case "file":
      case "deleted":
      case "disappeared":
      case "unsupported":
        return body.kind;
    }
  });
}
