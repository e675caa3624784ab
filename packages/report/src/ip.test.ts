import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import ipaddr from "ipaddr.js";
import { ipv6Prefix, isPlaceholderIp, parseIp } from "./ip.ts";

test("an IPv6 address takes the one form of RFC 5952", () => {
  const vectors: Array<[string, string]> = [
    // Section 4.1 and 4.2: leading zeros go; "::" takes the longest run, the first of equals, never a single group.
    ["2001:0db8::0001", "2001:db8::1"],
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    // Section 4.3: "The characters "a", "b", "c", "d", "e", and "f" in an IPv6 address MUST be represented in lowercase."
    ["2001:DB8::AAAA", "2001:db8::aaaa"],
  ];
  for (const [text, address] of vectors) assert.deepEqual(parseIp(text), { version: 6, address }, text);
});

test("an IPv4 address inside IPv6 is the IPv4 address", () => {
  assert.deepEqual(parseIp("::ffff:192.0.2.1"), { version: 4, address: "192.0.2.1" });
  assert.deepEqual(parseIp("::FFFF:c000:0201"), { version: 4, address: "192.0.2.1" });
});

test("a text that could mean two addresses, or none, is refused", () => {
  for (const text of [
    "192.0.2.010",
    "0xc0.0.2.1",
    "3221225985",
    "192.0.513",
    "192.0.2.256",
    "192.0.2.1/24",
    "192.0.2.1:443",
    "fe80::1%eth0",
    "[2001:db8::1]",
    "2001:db8::1::2",
    "1:2:3:4:5:6:7:8:9",
    "localhost",
    "١٩٢.٠.٢.١",
    "",
  ])
    assert.equal(parseIp(text), undefined, text);
});

test("any four octets come back as they are", () => {
  fc.assert(
    fc.property(fc.ipV4(), (text) => assert.deepEqual(parseIp(` ${text} `), { version: 4, address: text })),
  );
});

test("the canonical form of an address is its own canonical form", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), fc.string(), fc.ipV4()), (text) => {
      const parsed = parseIp(text);
      if (parsed !== undefined) assert.deepEqual(parseIp(parsed.address), parsed);
    }),
  );
});

test("a customer's prefix is cut at 64 or 56 bits, and IPv4 has none", () => {
  assert.equal(ipv6Prefix("2001:db8:1:2ff:3:4:5:6", 64), "2001:db8:1:2ff::/64");
  assert.equal(ipv6Prefix("2001:db8:1:2ff:3:4:5:6", 56), "2001:db8:1:200::/56");
  assert.equal(ipv6Prefix("192.0.2.1", 64), undefined);
});

test("an address that no subscriber can have is a placeholder", () => {
  for (const address of [
    "0.0.0.0",
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "169.254.1.1",
    "::",
    "::1",
    "fe80::1",
    "2620:4f:8000::6",
  ])
    assert.equal(isPlaceholderIp(address), true, address);
  // Documentation ranges stand for subscribers in tests, and a carrier's shared range stands for many.
  for (const address of ["192.0.2.7", "198.51.100.7", "203.0.113.7", "2001:db8::7", "100.64.0.9"])
    assert.equal(isPlaceholderIp(address), false, address);
});

test("a dotted address is a placeholder exactly where the library's table of ranges says so", () => {
  const octet = fc.oneof(
    fc.constantFrom(
      0,
      10,
      15,
      16,
      31,
      32,
      48,
      52,
      100,
      127,
      168,
      169,
      172,
      175,
      192,
      193,
      196,
      198,
      224,
      240,
      254,
      255,
    ),
    fc.nat(255),
  );
  fc.assert(
    fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
      const range = ipaddr.IPv4.parse(octets.join(".")).range();
      const nobody = !["unicast", "reserved", "carrierGradeNat"].includes(range);
      assert.equal(isPlaceholderIp(octets.join(".")), nobody, octets.join("."));
    }),
    { numRuns: 20_000 },
  );
});

test("a customer's prefix is the library's, however the address is spelled", () => {
  const group = fc.oneof(
    fc.constant("0"),
    fc.nat(0xffff).map((value) => value.toString(16)),
  );
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const address = ipaddr.IPv6.parse(groups.join(":")).toRFC5952String();
      const prefix = ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toRFC5952String();
      assert.equal(ipv6Prefix(address, 64), `${prefix}/64`);
    }),
    { numRuns: 5000 },
  );
});

test("an IPv6 address is canonical, and a placeholder, exactly where the library says so", () => {
  const group = fc.oneof(
    fc.constantFrom(
      "0",
      "1",
      "00",
      "0db8",
      "2001",
      "2002",
      "2620",
      "3fff",
      "fe80",
      "ffff",
      "A",
      "64",
      "4f",
      "5f00",
    ),
    fc.nat(0xffff).map((value) => value.toString(16)),
  );
  const whole = fc.array(group, { minLength: 7, maxLength: 9 }).map((groups) => groups.join(":"));
  const cut = fc
    .tuple(fc.array(group, { maxLength: 5 }), fc.array(group, { maxLength: 5 }))
    .map(([head, tail]) => `${head.join(":")}::${tail.join(":")}`);
  fc.assert(
    fc.property(fc.oneof(whole, cut, fc.string({ unit: fc.constantFrom("a", "0", "g", ":") })), (text) => {
      if (!text.includes(":")) return;
      const read = parseIp(text);
      assert.equal(read !== undefined, ipaddr.IPv6.isValid(text), text);
      if (read?.version !== 6) return;
      const parsed = ipaddr.IPv6.parse(text);
      assert.equal(read.address, parsed.toRFC5952String(), text);
      const nobody = !["unicast", "reserved", "carrierGradeNat", "6to4"].includes(parsed.range());
      assert.equal(isPlaceholderIp(read.address), nobody, text);
    }),
    { numRuns: 5000 },
  );
});
