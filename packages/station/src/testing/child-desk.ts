import assert from "node:assert/strict";
import { aFlag, exampleIdentifier, exampleVictim, SENDER } from "@fairlead/assessment/testing";
import type { Claim, Flag, Report } from "@fairlead/report";
import type { QueuePage, ReportView } from "../desk-api/contract.ts";
import { workUp } from "../work-up.ts";
import { deskOf, type TestDesk } from "./desk.ts";
import { accepted, testSender, type TestSender } from "./report.ts";
import { type endOfFile, startTestStation, type TestStation } from "./station.ts";

/** Authorities for children: of one area, and of the country. */
export const LEEDS = {
  id: "example-city-council",
  name: "Example City Council, front door for children",
  areas: ["west-yorkshire"],
  contact: { telephone: "01632 960001", outOfHours: "01632 960002" },
};
export const NATIONAL = {
  id: "example-national-helpline",
  name: "Example National Helpline",
  areas: ["GB"],
  contact: { telephone: "01632 960003" },
};

export const said = (...flags: Flag[]): Claim[] =>
  flags.map((name) => ({ about: { kind: "report" }, source: SENDER, states: aFlag(name) }));

/** A station that knows whom to tell of a child, and somebody at its desk. */
export interface ChildDesk {
  at: TestStation;
  sender: TestSender;
  desk: TestDesk;
  /** A child who lives in the area of `LEEDS`. */
  child: Report["persons"][number];
  /** A report about the child, worked up. */
  reported: (parts?: Partial<Report>) => Promise<string>;
  ask: (path: string, body: object) => Promise<ReportView>;
  /** Decides that the child is referred. */
  refer: (id: string, authority?: string) => Promise<ReportView>;
  get: <T>(path: string) => Promise<T>;
  counts: () => Promise<QueuePage["counts"]["children"]>;
}

/** @param clock milliseconds since 1970 */
export async function childDesk(end: ReturnType<typeof endOfFile>, clock: () => number): Promise<ChildDesk> {
  const at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"], safeguarding: { authorities: [NATIONAL, LEEDS] } },
    clock,
  });
  const sender = await testSender(at);
  const desk = await deskOf(at, "reviewer");
  const child = exampleVictim({
    identifiers: [exampleIdentifier("account", `kite-${clock()}`, { platform: "Example Chat" })],
    places: [
      { basis: "declared", addressKind: "home", postcode: "LS1 4AP", country: "GB", verified: "unknown" },
    ],
  });
  async function reported(parts: Partial<Report> = {}): Promise<string> {
    const id = await accepted(sender, [], { persons: [child], ...parts });
    await workUp(at.station, { reportId: id });
    return id;
  }
  async function ask(path: string, body: object): Promise<ReportView> {
    const response = await desk.request("POST", `/api/reports/${path}`, body);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return await desk.report(path.split("/")[0] ?? "");
  }
  const get = async <T>(path: string) => (await (await desk.request("GET", path)).json()) as T;
  return {
    at,
    sender,
    desk,
    child,
    reported,
    ask,
    refer: async (id, authority = LEEDS.id) =>
      await ask(`${id}/safeguarding`, { step: "decide", authority, reason: "A child may need help." }),
    get,
    counts: async () => (await get<QueuePage>("/api/queue")).counts.children,
  };
}
