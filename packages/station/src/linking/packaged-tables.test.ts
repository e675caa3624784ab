import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleEvent, exampleSuspect } from "@fairlead/assessment/testing";
import { deskOf } from "../testing/desk.ts";
import { accepted, testSender } from "../testing/report.ts";
import { endOfFile, startTestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";

const end = endOfFile();
const eventAt = (address: string) => exampleEvent({ ip: { raw: address, address } });

test("a station that is told to use the packaged tables starts with them, and they speak where its own entries do not", async () => {
  const at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    config: {
      roles: ["intake", "desk"],
      networks: {
        tables: "packaged",
        name: "our own entries",
        entries: [{ prefix: "198.51.100.0/24", country: "GB", network: "access" }],
      },
    },
  });
  assert.match(at.station.networks?.name ?? "", /^packaged tables/);
  // A registry counts 203.0.113.0/24 among its region's, though nobody has it: a country, and nothing about the network.
  const persons = [exampleSuspect({ events: ["198.51.100.7", "203.0.113.5", "192.0.2.7"].map(eventAt) })];
  const id = await accepted(await testSender(at), [], { persons });
  await workUp(at.station, { reportId: id });
  const said = (await (await deskOf(at, "lead")).report(id)).claims.flatMap(({ about, source, states }) =>
    about.kind === "ip" && source.kind === "list" && states.kind === "network"
      ? [[about.address, source.name, states.network]]
      : [],
  );
  assert.deepEqual(
    said.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    [
      ["198.51.100.7", "our own entries", "access"],
      ["203.0.113.5", at.station.networks?.name, "unknown"],
    ],
  );
});

test("a station that is not told to use them reads none", async () => {
  const at = await startTestStation(end, { id: "agency-two", profile: "platform" });
  assert.equal(at.station.networks, undefined);
});
