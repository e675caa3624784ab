import { MessengerError } from "../error.ts";
import { type Fields, fieldsOf } from "./fields.ts";

/** Requests to one hub, with its answers as values or `MessengerError`. */
export interface Exchange {
  json(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Fields>;
  /** null for 404. */
  jsonOrNull(path: string): Promise<Fields | null>;
  blobOrNull(path: string): Promise<Blob | null>;
  /** For what has no answer that matters. */
  done(method: string, path: string, body?: unknown): Promise<void>;
  /** POST and PUT with a body of bytes. */
  send(path: string, body: Blob): Promise<Fields>;
  put(path: string, body: Blob): Promise<void>;
}

const octets = "application/octet-stream";

/** A hub that says nothing for so long is taken to be out of reach; its own long poll answers within 25 s. */
const timeoutMs = 60_000;

export function openExchange(base: string, fetcher: typeof fetch, token: string | null): Exchange {
  const origin = base.replace(/\/$/, "");
  const signIn = token === null ? {} : { authorization: `Bearer ${token}` };

  async function ask(
    method: string,
    path: string,
    body: string | Blob | null,
    type: string | null,
    signal?: AbortSignal,
  ): Promise<Response> {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await fetcher(`${origin}${path}`, {
        method,
        body,
        headers: { ...signIn, ...(type === null ? {} : { "content-type": type }) },
        // A hub is one place; where it sends us instead is another.
        redirect: "error",
        cache: "no-store",
        credentials: "omit",
        signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      });
    } catch (cause) {
      throw new MessengerError("hub.unreachable", "The hub cannot be reached.", { cause });
    }
  }

  async function json(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const text = body === undefined ? null : JSON.stringify(body);
    return await ask(method, path, text, text === null ? null : "application/json", signal);
  }

  return {
    json: async (method, path, body, signal) =>
      fieldsOf(await valueOf(await taken(await json(method, path, body, signal)))),
    jsonOrNull: async (path) => {
      const answer = await json("GET", path);
      if (answer.status === 404) return null;
      return fieldsOf(await valueOf(await taken(answer)));
    },
    blobOrNull: async (path) => {
      const answer = await ask("GET", path, null, null);
      if (answer.status === 404) return null;
      return await bodyOf(() => answer.blob(), await taken(answer));
    },
    done: async (method, path, body) => {
      const answer = await taken(await json(method, path, body));
      await bodyOf(() => answer.arrayBuffer(), answer);
    },
    send: async (path, body) => fieldsOf(await valueOf(await taken(await ask("POST", path, body, octets)))),
    put: async (path, body) => {
      const answer = await taken(await ask("PUT", path, body, octets));
      await bodyOf(() => answer.arrayBuffer(), answer);
    },
  };
}

/** @throws MessengerError `hub.signed-out`, `hub.busy` and `hub.unreachable` for what may pass, otherwise `hub.refused` */
async function taken(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  const detail = await problemOf(answer);
  if (answer.status === 401)
    throw new MessengerError("hub.signed-out", "The hub does not know this device any more.", { detail });
  if (answer.status === 429)
    throw new MessengerError("hub.busy", "The hub takes no more from here for now.", { detail });
  if (answer.status >= 500)
    throw new MessengerError("hub.unreachable", `The hub cannot answer now (${answer.status}).`, { detail });
  throw new MessengerError("hub.refused", `The hub refused (${answer.status}).`, { detail });
}

async function problemOf(answer: Response): Promise<string> {
  const value: unknown = await answer.json().catch(() => null);
  const code = typeof value === "object" && value !== null && "code" in value ? value.code : null;
  return typeof code === "string" ? code : String(answer.status);
}

async function valueOf(answer: Response): Promise<unknown> {
  const text = await bodyOf(() => answer.text(), answer);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MessengerError("hub.broken", "The hub's answer is not JSON.", { cause });
  }
}

/** A connection can also break while the answer is coming. */
async function bodyOf<T>(read: () => Promise<T>, { status }: Response): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new MessengerError("hub.unreachable", `The hub's answer (${status}) broke off.`, { cause });
  }
}
