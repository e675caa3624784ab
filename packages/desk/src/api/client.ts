import type { Operations } from "../api.gen.ts";
import { DeskError, parseProblem } from "./error.ts";
import type { Answer, Operation } from "./shapes.ts";

/** Only the parts that an operation has must be given. */
export type Input<O extends Operation> = {
  [Part in "path" | "query" | "body" as undefined extends Operations[O][Part]
    ? never
    : Part]: Operations[O][Part];
};

export interface Api {
  /** Calls one operation of the station's document; throws `DeskError` and nothing else, unless it was aborted. */
  call<O extends Operation>(operation: O, input: Input<O>, signal?: AbortSignal): Promise<Answer<O>>;
  /** Fetches the bytes that a grant names. Every call is an opening with a leaf of its own: call once and keep the blob. */
  content(path: string): Promise<Blob>;
}

/** A station that has not answered by then will hardly answer; whoever waits is told so. */
const PATIENCE_MS = 60_000;

export function createApi(fetch: typeof globalThis.fetch): Api {
  async function send(path: string, init: RequestInit, givenUp?: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(path, {
        ...init,
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
      });
    } catch (error) {
      if (givenUp?.aborted === true) throw error;
      throw new DeskError("unreachable", undefined, error);
    }
    if (response.ok) return response;
    const problem = parseProblem(await response.json().catch(() => undefined));
    throw new DeskError(problem === undefined ? "garbled" : "refused", problem);
  }

  return {
    async call(operation, input, signal) {
      const [method = "GET", template = ""] = operation.split(" ");
      const parts: { path?: Record<string, string>; query?: object; body?: unknown } = input;
      const init: RequestInit = {
        method,
        headers: {
          accept: "application/json",
          // A page of another origin cannot add a header of its own without asking first: no forged decision.
          ...(method === "GET" ? {} : { "x-fairlead-desk": "1" }),
          ...(parts.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
        signal: AbortSignal.any([
          AbortSignal.timeout(PATIENCE_MS),
          ...(signal === undefined ? [] : [signal]),
        ]),
      };
      const response = await send(`${fillPath(template, parts.path)}${queryText(parts.query)}`, init, signal);
      if (response.status === 204) return undefined;
      try {
        return (await response.json()) as Answer<typeof operation>;
      } catch (error) {
        throw new DeskError("garbled", undefined, error);
      }
    },

    async content(path) {
      // The path comes from the station; anything but one of its own grants would carry the session somewhere else.
      if (!/^\/api\/(?:grants|review\/looks)\/[\w-]+\/content$/.test(path)) throw new DeskError("garbled");
      const response = await send(path, { method: "GET" });
      try {
        return await response.blob();
      } catch (error) {
        throw new DeskError("unreachable", undefined, error);
      }
    },
  };
}

function fillPath(template: string, values: Record<string, string> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}

function queryText(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ""
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
