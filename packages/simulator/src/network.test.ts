import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { parseIp } from "@fairlead/report";
import {
  hidingAddress,
  homeAddress,
  NETWORK_COUNTRIES,
  networkFixture,
  networkOf,
  sharedAddress,
} from "./network.ts";
import { randomStream } from "./random.ts";

const countries = fc.constantFrom(...NETWORK_COUNTRIES);

test("every network of the fixture lies in a range that is reserved for documentation", () => {
  for (const { prefix } of networkFixture)
    assert.match(prefix, /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+\/\d+$|^2001:db8:[0-9a-f]+::\/40$/);
});

test("no two networks of the fixture overlap", () => {
  for (const row of networkFixture) assert.equal(networkOf(row.prefix.split("/")[0] ?? ""), row, row.prefix);
  assert.equal(new Set(networkFixture.map(({ prefix }) => prefix)).size, networkFixture.length);
});

test("a prefix ends where it ends", () => {
  assert.equal(networkOf("192.0.2.63")?.country, "GB");
  assert.equal(networkOf("192.0.2.64")?.country, "IN");
  assert.equal(networkOf("192.0.2.71")?.country, "IN");
  assert.equal(networkOf("192.0.2.72")?.country, "US");
  assert.equal(networkOf("2001:db8:1ff:ffff:ffff:ffff:ffff:ffff")?.country, "GB");
  assert.equal(networkOf("2001:db8:200::")?.country, "IN");
  assert.equal(networkOf("::ffff:198.51.100.1")?.network, "carrier-nat");
});

test("the fixture knows nothing about any other address, nor about text that is none", () => {
  for (const address of ["8.8.8.8", "192.0.3.1", "203.0.113.255", "2001:db8::1", "2001:db9::1", "", "kite"])
    assert.equal(networkOf(address), undefined, address);
});

test("addresses that are drawn are canonical and stand for what they were drawn for", () => {
  fc.assert(
    fc.property(fc.string(), countries, (seed, country) => {
      const random = randomStream(seed, "addresses");
      for (const [address, network] of [
        [homeAddress(random, country), "access"],
        [sharedAddress(random, country), "carrier-nat"],
      ] as const) {
        assert.equal(parseIp(address)?.address, address);
        assert.deepEqual([networkOf(address)?.network, networkOf(address)?.country], [network, country]);
      }
      const hidden = networkOf(hidingAddress(random))?.network;
      assert.ok(hidden === "vpn" || hidden === "hosting" || hidden === "tor");
    }),
  );
});

test("a country without networks is named in the error", () => {
  assert.throws(() => homeAddress(randomStream("seed"), "ZZ"), /ZZ/);
});
