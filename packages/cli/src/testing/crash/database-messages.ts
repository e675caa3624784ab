/** A message of PostgreSQL's protocol 3.0 as it stands on the wire; the first of a session has no kind. */
export interface Message {
  /** Its one letter: `Q`, `P`, `S` … of a client, `Z`, `E` … of the server; empty for what begins a session. */
  readonly kind: string;
  readonly bytes: Buffer;
}

/**
 * Takes a stream apart into messages (PostgreSQL, "Message Formats").
 * @param isClients a client's stream begins with a message that has a length and no letter
 */
export function messageReader(isClients: boolean): (portion: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0);
  let head = isClients ? 0 : 1;
  return (portion) => {
    rest = rest.length === 0 ? portion : Buffer.concat([rest, portion]);
    const messages: Message[] = [];
    while (rest.length >= head + 4) {
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) break;
      messages.push({ kind: rest.toString("latin1", 0, head), bytes: rest.subarray(0, length) });
      rest = rest.subarray(length);
      head = 1;
    }
    return messages;
  };
}

/** A simple query, for what the relay itself asks the server. */
export function queryMessage(text: string): Buffer {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(5);
  head.write("Q", 0, "latin1");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** ReadyForQuery outside of a transaction. */
export const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** Tells what each call of a session is about: the text of a statement is on the wire only when it is prepared. */
export function callNamer(): (call: readonly Message[]) => string {
  const prepared = new Map<string, string>();
  return (call) => {
    let name = "";
    for (const { kind, bytes } of call) {
      if (kind === "Q") name = textAt(bytes, 5);
      if (kind === "P") {
        const statement = textAt(bytes, 5);
        prepared.set(statement, textAt(bytes, 5 + Buffer.byteLength(statement) + 1));
      }
      if (kind === "B") {
        const portal = textAt(bytes, 5);
        name = prepared.get(textAt(bytes, 5 + Buffer.byteLength(portal) + 1)) ?? "";
      }
    }
    return name.replaceAll(/\s+/g, " ").trim().slice(0, 60);
  };
}

function textAt(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(0, start);
  return bytes.toString("utf8", start, end === -1 ? bytes.length : end);
}
