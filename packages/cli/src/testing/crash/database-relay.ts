import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { callNamer, IDLE, type Message, messageReader, queryMessage } from "./database-messages.ts";

/** What befalls a call to the database. */
export const DATABASE_FAULTS = [
  /** The connection breaks and the server never hears of it. */
  "cut",
  /** The server says that its disk is full, and has not done it. */
  "refused",
  /** The server has done it, and the connection breaks before it says so. */
  "unheard",
] as const;
export type DatabaseFault = (typeof DATABASE_FAULTS)[number];

/** A socket between a station and its PostgreSQL, at which single calls can be made to fail. */
export interface DatabaseRelay extends AsyncDisposable {
  /** The database's address by way of the relay. */
  readonly url: string;
  /**
   * Notes each call from now on, and lets one of them fail: the n-th (from 1) of those that begin so.
   * @returns ends it, with what was called in its order and whether the fault came to pass
   */
  watch(fault?: StruckCall): () => { calls: string[]; met: boolean };
}

/** Which call is to fail, and how. */
export interface StruckCall {
  readonly call: string;
  readonly n: number;
  readonly how: DatabaseFault;
}

interface Watched {
  readonly calls: string[];
  readonly fault: StruckCall | undefined;
  met: boolean;
}

const SOCKET = ".s.PGSQL.5432";
const NO_ROOM =
  "do $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$";

/**
 * Opens a relay to a PostgreSQL behind a Unix socket.
 * @param url the database's address, with `host` and `port` in its query
 * @param folder where the relay's own socket lies, in a folder that it makes
 */
export async function openDatabaseRelay(url: string, folder: string): Promise<DatabaseRelay> {
  const there = new URL(url);
  const server = join(
    there.searchParams.get("host") ?? "",
    `.s.PGSQL.${there.searchParams.get("port") ?? ""}`,
  );
  const here = join(folder, "relay");
  await mkdir(here);
  const sockets = new Set<Socket>();
  let watched: Watched | undefined;
  const listener = createServer((client) => {
    const onward = connect(server);
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        sockets.delete(socket);
        client.destroy();
        onward.destroy();
      });
    }
    relaySession(client, onward, (call) => {
      if (watched === undefined) return undefined;
      watched.calls.push(call);
      const { fault } = watched;
      if (fault?.call !== call || watched.met) return undefined;
      if (fault.n !== watched.calls.filter((one) => one === call).length) return undefined;
      // A server that lives can always roll back.
      if (fault.how === "refused" && /^rollback/i.test(call)) return undefined;
      watched.met = true;
      return fault.how;
    });
  });
  listener.listen(join(here, SOCKET));
  await once(listener, "listening");
  there.searchParams.set("host", here);
  there.searchParams.set("port", "5432");
  return {
    url: there.toString(),
    watch(fault) {
      const own: Watched = { calls: [], fault, met: false };
      watched = own;
      return () => {
        watched = undefined;
        return { calls: own.calls, met: own.met };
      };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}

/**
 * Carries one session. A call is a simple query, or what stands before a Sync; the driver sends the next one only when the one before is
 * answered (PostgreSQL, "Message Flow").
 * @param befalls asked for each call
 */
function relaySession(
  client: Socket,
  server: Socket,
  befalls: (call: string) => DatabaseFault | undefined,
): void {
  const fromClient = messageReader(true);
  const fromServer = messageReader(false);
  const nameOf = callNamer();
  let call: Message[] = [];
  /** Gets what the server answers to its end, where that is not for the client as it is. */
  let answered: ((answer: Buffer) => void) | undefined;
  let answer: Buffer[] = [];
  const hear = (listen: (answer: Buffer) => unknown) => {
    answer = [];
    answered = (whole) => {
      answered = undefined;
      listen(whole);
    };
  };
  const end = () => {
    client.destroy();
    server.destroy();
  };
  client.on("data", (portion: Buffer) => {
    for (const message of fromClient(portion)) {
      call.push(message);
      const isWhole = message.kind === "Q" || message.kind === "S";
      // What begins or ends a session is no call.
      if (!isWhole && "PBDECF".includes(message.kind) && message.kind !== "") continue;
      const name = isWhole ? nameOf(call) : "";
      const fault = isWhole ? befalls(name) : undefined;
      const bytes = Buffer.concat(call.map((one) => one.bytes));
      call = [];
      if (fault === "cut") return end();
      if (fault === "unheard") hear(end);
      if (fault === "refused") refuse(name);
      else server.write(bytes);
    }
  });
  const refuse = (name: string) => {
    hear((refusal) => {
      if (!/^commit/i.test(name)) return client.write(refusal);
      // A server that cannot commit has rolled back when it says so.
      hear(() => client.write(Buffer.concat([refusal.subarray(0, -IDLE.length), IDLE])));
      return server.write(queryMessage("rollback"));
    });
    server.write(queryMessage(NO_ROOM));
  };
  server.on("data", (portion: Buffer) => {
    for (const message of fromServer(portion)) {
      if (answered === undefined) {
        client.write(message.bytes);
        continue;
      }
      answer.push(message.bytes);
      if (message.kind === "Z") answered(Buffer.concat(answer));
    }
  });
}
