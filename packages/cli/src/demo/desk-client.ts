import { setTimeout as sleep } from "node:timers/promises";
import type { GrantView, OutcomeStatement, QueuePage, ReportView } from "@fairlead/station";
import { type Answer, call, openLine } from "./call.ts";

/** A station that is being restarted answers again within this; people wait, and so do these. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;
const ANSWER_MS = 30_000;

/** The desk's API refused something: not a fault of the network. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(`the desk answered ${status}: ${text.slice(0, 300)}`);
    this.status = status;
  }
}

/**
 * A scripted person at a desk: signs in with a one-time link like everybody else and decides through the desk's own API.
 */
export class DeskClient {
  readonly #url: string;
  readonly #newLink: () => Promise<string>;
  readonly #line = openLine();
  #cookie: string | undefined;

  /** @param newLink makes a fresh sign-in token, as whoever runs the station would */
  constructor(url: string, newLink: () => Promise<string>) {
    this.#url = url;
    this.#newLink = newLink;
  }

  async queue(status: "new" | "behind" | "referred" | "closed", after?: string): Promise<QueuePage> {
    const cursor = after === undefined ? "" : `&after=${encodeURIComponent(after)}`;
    return (await this.#json("GET", `/api/queue?status=${status}&limit=100${cursor}`)) as QueuePage;
  }

  async report(id: string): Promise<ReportView> {
    return (await this.#json("GET", `/api/reports/${id}`)) as ReportView;
  }

  async addClaim(id: string, claim: object): Promise<ReportView> {
    return (await this.#json("POST", `/api/reports/${id}/claims`, claim)) as ReportView;
  }

  async refer(id: string, referral: { peer: string; agency?: string; reason: string }): Promise<ReportView> {
    return (await this.#json("POST", `/api/reports/${id}/referrals`, referral)) as ReportView;
  }

  async recordOutcome(id: string, outcome: OutcomeStatement): Promise<ReportView> {
    return (await this.#json("POST", `/api/reports/${id}/outcomes`, outcome)) as ReportView;
  }

  /** What exact matches with a bank lead to. */
  async matchingOf(bank: string): Promise<string | undefined> {
    const { banks } = (await this.#json("GET", "/api/review/policies")) as {
      banks: Array<{ bank: string; exact: string }>;
    };
    return banks.find((each) => each.bank === bank)?.exact;
  }

  async decideMatching(
    bank: string,
    policy: { exact: string; perceptual: string; reason: string },
  ): Promise<void> {
    await this.#json("POST", `/api/review/policies/${bank}`, policy);
  }

  /** Reports of known files that wait for somebody to file them. */
  async knownReports(): Promise<string[]> {
    const { known } = (await this.#json("GET", "/api/review")) as { known: Array<{ report: string }> };
    return known.map(({ report }) => report);
  }

  async fileKnown(reports: readonly string[], reason: string): Promise<void> {
    await this.#json("POST", "/api/review/known", { reports, reason });
  }

  /** States a purpose and opens one piece of evidence. */
  async openEvidence(id: string, evidence: string, purpose: string): Promise<Uint8Array> {
    const grant = (await this.#json("POST", `/api/reports/${id}/evidence/${evidence}/grants`, {
      purpose,
    })) as GrantView;
    return (await this.#request("GET", grant.content)).body;
  }

  async #json(method: string, path: string, body?: object): Promise<unknown> {
    return JSON.parse((await this.#request(method, path, body)).body.toString("utf8"));
  }

  async #request(method: string, path: string, body?: object): Promise<Answer> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.#once(method, path, body).catch(() => undefined);
      if (answer !== undefined && isGood(answer)) return answer;
      if (answer?.status === 401) this.#cookie = undefined;
      else if (answer !== undefined && answer.status < 500)
        throw new Refused(answer.status, answer.body.toString("utf8"));
      if (Date.now() > until)
        throw new Error(`${this.#url}${path} did not answer within ${PATIENCE_MS / 1000} s`);
      // A change whose answer was lost may have happened: whoever asked for it looks first and decides again.
      if (method !== "GET") throw new AnswerLost();
      await sleep(PAUSE_MS);
    }
  }

  async #once(method: string, path: string, body?: object): Promise<Answer> {
    this.#cookie ??= await this.#signIn();
    const headers = { cookie: this.#cookie, "x-fairlead-desk": "1" };
    return await this.#call(method, path, headers, body);
  }

  async #signIn(): Promise<string> {
    const answer = await this.#call("POST", "/api/session", {}, { token: await this.#newLink() });
    const cookie = answer.headers["set-cookie"]?.[0]?.split(";", 1)[0];
    if (!isGood(answer) || cookie === undefined) throw new Error(`sign-in answered ${answer.status}`);
    return cookie;
  }

  async #call(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<Answer> {
    return await call(this.#line, `${this.#url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: ANSWER_MS,
    });
  }
}

function isGood({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** The answer to a change was lost: it may or may not have happened. */
export class AnswerLost extends Error {
  constructor() {
    super("the answer to a change was lost");
  }
}
