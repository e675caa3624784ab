import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { isPlaceholderIp, parseIp } from "@fairlead/report";
import { NETWORK_COUNTRIES } from "../network.ts";
import { addressesIn, hiddenAddress, yearNetworkOf, yearNetworks } from "./address-space.ts";
import { keyed } from "./keyed.ts";

const rates = {
  ipv6Share: 0.45,
  homesPerAddress: 3,
  carrierUsers: { least: 2, most: 3.5 },
  mostCrowded: 5000,
};

test("every network lies in a range that nobody can have: 240.0.0.0/4 and 3fff::/20", () => {
  for (const { prefix } of yearNetworks)
    assert.match(prefix, /^24\d\.\d+\.0\.0\/11$|^25[01]\.\d+\.0\.0\/11$|^3fff:[0-9a-f]{1,3}::\/25$/);
  assert.equal(new Set(yearNetworks.map(({ prefix }) => prefix)).size, yearNetworks.length);
});

test("addresses are canonical, can name somebody, and stand for what they were drawn for", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(50_000_000),
      fc.constantFrom(...NETWORK_COUNTRIES),
      fc.integer({ min: 1, max: 9_000_000 }),
      (seed, person, country, peers) => {
        const { own, shared, hidden } = addressesIn(keyed(seed), rates, person, person, country, peers);
        for (const address of [own, shared, hidden]) {
          assert.equal(parseIp(address)?.address, address);
          assert.ok(!isPlaceholderIp(address), address);
        }
        assert.deepEqual(
          [own, shared].map((address) => {
            const { country: where, network } = yearNetworkOf(address) ?? {};
            return [where, network];
          }),
          [
            [country, "access"],
            [country, "carrier-nat"],
          ],
        );
        assert.ok(["vpn", "hosting", "tor"].includes(yearNetworkOf(hidden)?.network ?? ""));
      },
    ),
  );
});

test("the table knows nothing about any other address, nor about text that is none", () => {
  for (const address of [
    "8.8.8.8",
    "239.1.1.1",
    "252.0.0.1",
    "255.255.255.255",
    "3ffe::1",
    "2001:db8::1",
    "",
    "kite",
  ])
    assert.equal(yearNetworkOf(address), undefined, address);
  assert.equal(yearNetworkOf("240.31.255.255")?.country, "GB");
  assert.equal(yearNetworkOf("240.32.0.0")?.country, "IN");
  assert.equal(yearNetworkOf("3fff:7f:1::1")?.country, "GB");
  assert.equal(yearNetworkOf("3fff:80:1::1")?.country, "IN");
});

test("one address of a carrier has some five thousand customers, others a hundred to three thousand", () => {
  const draw = keyed("carrier");
  const users = new Map<string, number>();
  const people = 400_000;
  for (let person = 0; person < people; person += 1) {
    const { shared } = addressesIn(draw, rates, person, person, "IN", people);
    users.set(shared, (users.get(shared) ?? 0) + 1);
  }
  const counts = [...users.values()].toSorted((a, b) => b - a);
  assert.ok(Math.abs((counts[0] ?? 0) - 5000) < 400, `${counts[0]}`);
  assert.ok((counts[1] ?? 0) > 2000 && (counts[1] ?? 0) < 4000, `${counts[1]}`);
  assert.ok((counts.at(-1) ?? 0) > 50, `${counts.at(-1)}`);
});

test("homes have few neighbours at their address, and those with IPv6 none", () => {
  const draw = keyed("homes");
  const homes = new Map<string, number>();
  for (let person = 0; person < 20_000; person += 1) {
    const { own } = addressesIn(draw, rates, person, person, "GB", 20_000);
    homes.set(own, (homes.get(own) ?? 0) + 1);
  }
  for (const [address, count] of homes)
    assert.ok(address.includes(":") ? count === 1 : count < 20, `${count}`);
});

test("who hides has an address that many have", () => {
  const draw = keyed("hidden");
  const exits = new Set(Array.from({ length: 50_000 }, (_, person) => hiddenAddress(draw, person)));
  assert.ok(exits.size < 30_000, `${exits.size}`);
});
