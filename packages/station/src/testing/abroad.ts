import type { Report } from "@fairlead/report";
import { until } from "./desk.ts";
import { introduce, peerOf } from "./peers.ts";
import { referred } from "./referral.ts";
import { accepted, testFile, testSender } from "./report.ts";
import { startTestStation, type TestStation, type TestStationOptions } from "./station.ts";

/** A national agency between a platform, a force of its own country and an agency abroad. */
export interface Border {
  platform: TestStation;
  agency: TestStation;
  abroad: TestStation;
  /** Hands a report in at the platform and refers it to the agency; gives its ids at both. */
  reported: (parts: Partial<Report>) => Promise<{ platform: string; agency: string }>;
}

/** What the agency knows of addresses: one documentation range is registered in the Netherlands, one in the United Kingdom. */
const NETWORKS = {
  name: "documentation ranges",
  entries: [
    { prefix: "192.0.2.0/24", country: "NL", network: "access" },
    { prefix: "198.51.100.0/24", country: "GB", network: "access" },
  ],
};

type Hook = Parameters<typeof startTestStation>[0];

export async function startBorder(hook: Hook): Promise<Border> {
  const start = (id: string, profile: TestStationOptions["profile"], country?: string) =>
    startTestStation(hook, {
      id,
      profile,
      config: {
        networks: NETWORKS,
        station: { id, name: `Test ${id}`, profile, ...(country === undefined ? {} : { country }) },
      },
    });
  const platform = await start("example-chat", "platform");
  const agency = await start("example-agency", "national-agency", "GB");
  const abroad = await start("example-abroad", "national-agency", "NL");
  await introduce(platform, peerOf(agency, { countries: ["GB"] }));
  // Every force of the country is behind one peer that nobody has started: it is offered or not, and nothing is sent there.
  const forces = peerOf(
    { card: { ...platform.card, id: "example-forces", name: "Example forces" } },
    { agencies: ["west-yorkshire", "kent"] },
  );
  await introduce(agency, peerOf(platform), forces, peerOf(abroad, { countries: ["NL"] }));
  await introduce(abroad, peerOf(agency, { countries: ["GB"] }));
  const sender = await testSender(platform);
  return {
    platform,
    agency,
    abroad,
    reported: async (parts) => {
      const id = await accepted(sender, [testFile()], parts);
      await referred(platform, id, agency.card.id);
      return { platform: id, agency: await arrived(agency, id) };
    },
  };
}

/** A station's own id for the report that a peer calls `reference`, once it is worked up. */
export async function arrived({ station }: TestStation, reference: string): Promise<string> {
  return await until("the report's arrival", async () => {
    const { rows } = await station.db.pool.query<{ id: string }>(
      "select id from report where handed_reference = $1 and tier is not null",
      [reference],
    );
    return rows[0]?.id;
  });
}
