/** The CyberTipline's server, as a request handler for `node:http`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RuleMode } from "../rules/options.ts";
import { type Answer, Refused, unauthenticated } from "./answer.ts";
import type { Call, Clock, Settings } from "./call.ts";
import { readBasic } from "./credentials.ts";
import { fileinfo } from "./endpoints/fileinfo.ts";
import { finish } from "./endpoints/finish.ts";
import { retract } from "./endpoints/retract.ts";
import { status } from "./endpoints/status.ts";
import { submit } from "./endpoints/submit.ts";
import { upload } from "./endpoints/upload.ts";
import { xsd } from "./endpoints/xsd.ts";
import type { RandomBytes } from "./file-id.ts";
import { type Endpoint, faultAnswer } from "./fault.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "./limits.ts";
import { respond } from "./respond.ts";
import type { Account, AccountRights, ServerStore } from "./store.ts";

export interface ServerOptions {
  readonly store: ServerStore;
  readonly clock: Clock;
  /** For request ids and file ids. */
  readonly random: RandomBytes;
  /** Comes back after all else that waits has had its turn: in Node `setImmediate` of `node:timers/promises`. */
  readonly turn: () => Promise<unknown>;
  readonly mode: RuleMode;
  /** What browsers and clients show when they ask for a password. */
  readonly realm?: string;
  /** The path under which the endpoints lie. */
  readonly mount?: string;
  /**
   * Waits for this account's turn, before its body is read.
   * @returns what gives the turn back, called once the request is answered
   * @throws NotNow
   */
  readonly admit?: (account: Account, endpoint: Endpoint) => Promise<() => void>;
  readonly log?: (event: ServerEvent) => void;
  readonly limits?: Partial<ServerLimits>;
  /** The client's address, for `/status`. Behind a proxy the socket's is the proxy's. */
  readonly remoteAddress?: (req: IncomingMessage) => string;
}

/** What an operator may see. Nothing of a report is in it. */
export type ServerEvent =
  | {
      readonly name: "cybertipline.answered" | "cybertipline.client-gone";
      readonly requestId: string;
      readonly endpoint: Endpoint | "none";
      readonly httpStatus: number;
      readonly responseCode?: number;
      readonly accountId?: string;
      readonly durationMs: number;
    }
  | {
      readonly name: "cybertipline.fault";
      readonly requestId: string;
      readonly endpoint: Endpoint | "none";
      readonly error: unknown;
    };

export type ServerHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

interface Route {
  readonly method: "GET" | "POST";
  readonly right: keyof AccountRights;
  readonly run: (call: Call) => Promise<Answer>;
}

const ROUTES: Readonly<Record<Endpoint, Route>> = {
  status: { method: "GET", right: "use", run: status },
  xsd: { method: "GET", right: "use", run: xsd },
  submit: { method: "POST", right: "submit", run: submit },
  upload: { method: "POST", right: "update", run: upload },
  fileinfo: { method: "POST", right: "update", run: fileinfo },
  finish: { method: "POST", right: "update", run: finish },
  retract: { method: "POST", right: "update", run: retract },
};

const MISSING_RIGHT = { use: "notAuthorised", submit: "mayNotSubmit", update: "mayNotUpdate" } as const;

/** The path without query. RFC 9112, section 3.2.2: "a server MUST accept the absolute-form in requests". */
function pathOf(target: string): string {
  return (target.replace(/^https?:\/\/[^/?#]*/i, "").split(/[?#]/, 1)[0] ?? "").replace(/\/$/, "");
}

function endpointAt(path: string, mount: string): Endpoint | undefined {
  if (!path.startsWith(`${mount}/`)) return undefined;
  const name = path.slice(mount.length + 1);
  return Object.hasOwn(ROUTES, name) ? (name as Endpoint) : undefined;
}

function refuseMethod(method: Route["method"]): Refused {
  return new Refused("invalidRequest", {
    httpStatus: 405,
    detail: `Send this request with the method ${method}.`,
    headers: { Allow: method },
  });
}

function checkRight(account: Account, right: keyof AccountRights): void {
  if (!account.may.use)
    throw new Refused("notAuthorised", {
      detail: "This account is closed. Ask the receiver of your reports.",
    });
  if (!account.may[right]) {
    throw new Refused(MISSING_RIGHT[right], { detail: "Ask the receiver of your reports for this right." });
  }
}

/** A compressed body is a bomb until it is unpacked, and no client of this wire sends one. */
function checkCoding(req: IncomingMessage): void {
  if ((req.headers["content-encoding"] ?? "identity").toLowerCase() === "identity") return;
  throw new Refused("invalidRequest", {
    httpStatus: 415,
    detail: "Send the body as it is, without Content-Encoding.",
  });
}

function socketAddress(req: IncomingMessage): string {
  // On a socket that serves both families, Node writes IPv4 addresses as IPv4-mapped IPv6.
  return (req.socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/, "");
}

/**
 * Makes the handler. It answers every request itself and never rejects; the caller owns the `node:http` server, its
 * timeouts for headers and its TLS, and sets its `requestTimeout` to 0: Node's own five minutes would cut off large
 * uploads that this handler bounds by their pace. A framework may mount it if it leaves the body unread.
 */
export function createServer(options: ServerOptions): ServerHandler {
  const mount = options.mount ?? "/ispws";
  const realm = options.realm ?? "ESP Web Services";
  const log = options.log ?? (() => {});
  const settings: Settings = {
    store: options.store,
    clock: options.clock,
    random: options.random,
    turn: options.turn,
    mode: options.mode,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    remoteAddress: options.remoteAddress ?? socketAddress,
  };

  return async (req, res) => {
    const startedAt = settings.clock();
    const requestId = Buffer.from(settings.random(16)).toString("hex");
    const endpoint = endpointAt(pathOf(req.url ?? ""), mount);
    let account: Account | undefined;

    const answer = async (): Promise<Answer> => {
      const credentials = readBasic(req.headers.authorization);
      account =
        credentials && (await settings.store.authenticate(credentials.username, credentials.password));
      if (account === undefined) return unauthenticated(realm);
      if (endpoint === undefined) {
        const known = Object.keys(ROUTES).map((name) => `/${name}`);
        throw new Refused("resourceNotFound", { detail: `There are ${known.join(", ")} below ${mount}.` });
      }
      const route = ROUTES[endpoint];
      if (req.method !== route.method) throw refuseMethod(route.method);
      checkRight(account, route.right);
      checkCoding(req);
      const leave = await options.admit?.(account, endpoint);
      try {
        return await route.run({ ...settings, req, account });
      } finally {
        leave?.();
      }
    };

    // A broken connection is seen where its bytes are read; unobserved it would end the process.
    req.on("error", () => {});
    res.on("error", () => {});
    res.setHeader("Request-ID", requestId);
    let outcome: { readonly answer: Answer | undefined; readonly mayLinger: boolean };
    try {
      outcome = { answer: await answer(), mayLinger: true };
    } catch (error) {
      const fault = faultAnswer(error, endpoint);
      if (fault.isOurs) log({ name: "cybertipline.fault", requestId, endpoint: endpoint ?? "none", error });
      outcome = fault;
    }
    if (outcome.answer === undefined) res.destroy();
    else await respond(req, res, outcome.answer, settings.limits, outcome.mayLinger);
    log({
      name: outcome.answer === undefined ? "cybertipline.client-gone" : "cybertipline.answered",
      requestId,
      endpoint: endpoint ?? "none",
      // 499 is what logs commonly say for a client that left before its answer.
      httpStatus: outcome.answer?.httpStatus ?? 499,
      ...(outcome.answer?.responseCode !== undefined && { responseCode: outcome.answer.responseCode }),
      ...(account !== undefined && { accountId: account.accountId }),
      durationMs: settings.clock() - startedAt,
    });
  };
}
