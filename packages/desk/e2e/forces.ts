import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import { until } from "../../station/src/testing/desk.ts";
import { agree, introduce, peerOf } from "../../station/src/testing/peers.ts";
import { referred } from "../../station/src/testing/referral.ts";
import { accepted, testFile, testSender, type TestSender } from "../../station/src/testing/report.ts";
import { startTestStation, type TestStation } from "../../station/src/testing/station.ts";
import type { AfterHook } from "./stations.ts";

/** Two police forces that have agreed a key, and the platform from which each has its reports. */
export interface Forces {
  platform: TestStation;
  east: TestStation;
  west: TestStation;
  /** A report about whoever has these accounts, handed in at the platform and referred to a force; gives the force's number for it. */
  reportAt: (force: TestStation, accounts: readonly string[]) => Promise<{ id: string; number: string }>;
}

export async function startForces(hook: AfterHook): Promise<Forces> {
  const platform = await startTestStation(hook, { id: "example-chat", profile: "platform" });
  const east = await startTestStation(hook, { id: "force-east", profile: "police-force" });
  const west = await startTestStation(hook, { id: "force-west", profile: "police-force" });
  await introduce(platform, peerOf(east), peerOf(west));
  await introduce(east, peerOf(platform), peerOf(west));
  await introduce(west, peerOf(platform), peerOf(east));
  const year = new Date().getUTCFullYear();
  const keys = new Map([year - 1, year, year + 1].map((each) => [each, new Uint8Array(32).fill(each % 251)]));
  agree(east, "force-west", keys);
  agree(west, "force-east", keys);
  const sender = await testSender(platform);
  return {
    platform,
    east,
    west,
    reportAt: (force, accounts) => reportAt(platform, sender, force, accounts),
  };
}

async function reportAt(
  platform: TestStation,
  sender: TestSender,
  force: TestStation,
  accounts: readonly string[],
) {
  const id = await accepted(sender, [testFile()], {
    persons: [
      exampleSuspect({
        identifiers: accounts.map((account) =>
          exampleIdentifier("account", account, { platform: "Example Chat" }),
        ),
        events: [],
      }),
    ],
  });
  await referred(platform, id, force.card.id);
  const { pool } = force.station.db;
  return await until("the referral's arrival and its note", async () => {
    const { rows } = await pool.query<{ id: string; number: string }>(
      `select report.id, report.number::text from report where report.content::text like '%' || $1 || '%'
        and exists (select from deconfliction_holder held where held.report_id = report.id)`,
      [accounts[0]],
    );
    return rows[0];
  });
}
