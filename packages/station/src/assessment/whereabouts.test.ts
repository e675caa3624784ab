import assert from "node:assert/strict";
import { before, test } from "node:test";
import { exampleEvent, exampleSuspect } from "@fairlead/assessment/testing";
import type { Place } from "@fairlead/report";
import { arrived, type Border, startBorder } from "../testing/abroad.ts";
import { deskOf, type TestDesk, until } from "../testing/desk.ts";
import { endOfFile } from "../testing/station.ts";
import type { QueuePage } from "../desk-api/contract.ts";
import type { KnownPeer } from "./destinations.ts";
import { whereaboutsOf } from "./whereabouts.ts";

const end = endOfFile();
let border: Border;
let analyst: TestDesk;
before(async () => {
  border = await startBorder(end);
  analyst = await deskOf(border.agency, "analyst");
});

const suspectAt = (places: Place[], address?: string) => ({
  persons: [
    exampleSuspect({
      places,
      events: address === undefined ? [] : [exampleEvent({ ip: { raw: address, address } })],
    }),
  ],
});
const home = (country: string, postcode?: string): Place => ({
  basis: "declared",
  addressKind: "home",
  country,
  verified: "unknown",
  ...(postcode === undefined ? {} : { postcode }),
});

test("an address range abroad tells the country and its station, and no force at home", async () => {
  const { agency: id } = await border.reported(suspectAt([], "192.0.2.7"));
  const { whereabouts, destinations, entry } = await analyst.report(id);
  assert.deepEqual(
    [whereabouts?.basis, whereabouts?.countries, whereabouts?.abroad, whereabouts?.provisional],
    ["geolocation", ["NL"], ["NL"], true],
  );
  assert.deepEqual(whereabouts?.takers, [
    { peer: "example-abroad", name: "Test example-abroad", countries: ["NL"] },
  ]);
  assert.deepEqual(
    [whereabouts?.unserved, whereabouts?.decides, whereabouts?.agency],
    [[], undefined, undefined],
  );
  assert.deepEqual(
    destinations.map(({ peer, recommended }) => [peer, recommended]),
    [["example-abroad", true]],
  );
  assert.deepEqual(entry.abroad, ["NL"]);
  const queue = (await (await analyst.request("GET", "/api/queue?limit=200")).json()) as QueuePage;
  assert.deepEqual(queue.entries.find((each) => each.id === id)?.abroad, ["NL"]);
});

test("an address range at home names the national agency and no force, even beside a geolocated postcode", async () => {
  const located: Place = { ...home("GB", "LS1 4AP"), basis: "estimated" };
  const { agency: id } = await border.reported(suspectAt([located], "198.51.100.9"));
  const { whereabouts, destinations, entry } = await analyst.report(id);
  assert.deepEqual(
    [whereabouts?.basis, whereabouts?.abroad, whereabouts?.agency?.id],
    ["geolocation", [], "uk-nca"],
  );
  assert.ok(destinations.every(({ agency, recommended }) => agency === undefined && !recommended));
  assert.equal(entry.abroad, undefined);
});

test("a country without a station is for the leads of the national centre to decide", async () => {
  const { agency: id } = await border.reported(suspectAt([home("NZ")]));
  const { whereabouts, destinations } = await analyst.report(id);
  assert.deepEqual([whereabouts?.unserved, whereabouts?.takers], [["NZ"], []]);
  assert.deepEqual(whereabouts?.decides, { name: "Test example-agency", here: true });
  assert.ok(destinations.every(({ recommended }) => !recommended));
});

test("places in two countries are both shown, and every station that may take it is offered", async () => {
  const { agency: id } = await border.reported(suspectAt([home("NL"), home("GB", "LS1 4AP")]));
  const { whereabouts, destinations } = await analyst.report(id);
  assert.deepEqual([whereabouts?.countries, whereabouts?.abroad], [["GB", "NL"], ["NL"]]);
  assert.ok(destinations.some(({ peer }) => peer === "example-abroad"));
  assert.ok(whereabouts?.provisional);
});

test("a force refers nothing abroad: the national centre of its country decides, as the directory has it on the day", async () => {
  const { agency: id } = await border.reported(suspectAt([home("NL")]));
  const { station } = border.agency;
  const { rows } = await station.db.pool.query<{ result: { route: Parameters<typeof whereaboutsOf>[2] } }>(
    "select result from assessment where report_id = $1 order by id desc limit 1",
    [id],
  );
  const route = rows[0]?.result.route;
  assert.ok(route !== undefined);
  const atForce = { ...station.config.station, profile: "police-force" as const };
  const config = { ...station.config, station: atForce };
  const peers: KnownPeer[] = [
    { id: "example-abroad", name: "There", wire: "package", agencies: [], countries: ["NL"] },
  ];
  const at = whereaboutsOf({ ...station, config }, peers, route);
  assert.deepEqual(at.decides, { name: "National Crime Agency", here: false });
  const { country: _country, ...nowhere } = atForce;
  const without = whereaboutsOf({ ...station, config: { ...config, station: nowhere } }, peers, route);
  assert.deepEqual([without.abroad, without.decides], [[], undefined]);
});

test("a resolved address abroad is referred to the station there, and what came of it returns to the platform", async () => {
  const ids = await border.reported(suspectAt([], "192.0.2.9"));
  const claim = {
    about: { kind: "person", key: "suspect-1" },
    states: {
      kind: "resolution",
      events: 2,
      addressKind: "installation",
      country: "NL",
      corroborated: false,
    },
  };
  const claimed = await analyst.request("POST", `/api/reports/${ids.agency}/claims`, claim);
  assert.equal(claimed.status, 200, await claimed.clone().text());
  await until("the resolved address", async () => {
    const { whereabouts } = await analyst.report(ids.agency);
    return whereabouts?.basis === "resolved";
  });
  const referral = { peer: "example-abroad", reason: "The address is there." };
  assert.equal((await analyst.request("POST", `/api/reports/${ids.agency}/referrals`, referral)).status, 200);
  const there = await arrived(border.abroad, ids.agency);
  const theirs = await deskOf(border.abroad, "lead");
  const arrivedThere = await theirs.report(there);
  assert.deepEqual(
    [arrivedThere.whereabouts?.countries, arrivedThere.whereabouts?.abroad],
    [["NL"], []],
    "at home for them",
  );
  const sent = await until("the receipt", async () => {
    const [first] = (await analyst.report(ids.agency)).referrals;
    return first?.state === "delivered" && first;
  });
  assert.deepEqual([sent.abroad, sent.peerName], [["NL"], "Test example-abroad"]);
  await theirs.request("POST", `/api/reports/${there}/outcomes`, { kind: "arrest", arrests: 1 });
  const reviewer = await deskOf(border.platform, "reviewer");
  for (const [desk, id] of [
    [analyst, ids.agency],
    [reviewer, ids.platform],
  ] as const)
    await until("the outcome's return", async () => {
      const [outcome] = (await desk.report(id)).outcomes;
      return outcome?.text === "1 arrest" && outcome.by === "Test example-abroad";
    });
});
