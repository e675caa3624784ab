import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Claim, Identifier, PersonKey, Report, ReportId } from "@fairlead/report";
import {
  aboutAddress,
  aboutFile,
  aFlag,
  arbitraryInput,
  exampleEvent,
  exampleFile,
  exampleIdentifier,
  exampleReport,
  exampleSuspect,
  exampleVictim,
  SENDER,
  TABLE,
} from "../testing/index.ts";
import { networkDeviceNumber, passesLuhn } from "./device-number.ts";
import type { LinkingKey } from "./key.ts";
import { defaultLinkRules } from "./link-rules.ts";
import { linkingKeys } from "./linking-keys.ts";

const ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa" as ReportId;
const keysOf = (parts: Partial<Report>, claims: Claim[] = []) =>
  linkingKeys(ID, exampleReport(parts), claims, defaultLinkRules);
const keyOf = (item: Identifier): LinkingKey | undefined =>
  keysOf({ persons: [exampleSuspect({ identifiers: [item], events: [] })], evidence: [] })[0];
const addressKey = (parts: Parameters<typeof exampleEvent>[0], claims: Claim[]) =>
  keysOf(
    { persons: [exampleSuspect({ identifiers: [], events: [exampleEvent(parts)] })], evidence: [] },
    claims,
  )[0];

describe("device numbers", () => {
  it("pass by their check digit", () => {
    // Examples from public descriptions of the Luhn check and of IMEI structure.
    assert.ok(passesLuhn("79927398713"));
    assert.ok(!passesLuhn("79927398710"));
    assert.deepEqual(networkDeviceNumber("IMEI", "49-015420-323751-8"), {
      kind: "imei",
      digits: "490154203237518",
    });
    assert.equal(networkDeviceNumber("IMEI", "490154203237519"), undefined);
    assert.equal(networkDeviceNumber("IMEI", "000000000000000"), undefined);
    assert.equal(networkDeviceNumber("IDFA", "490154203237518"), undefined);
    const iccid = { kind: "iccid", digits: "8944100000000000125" };
    assert.deepEqual(networkDeviceNumber("ICCID", "8944 1000 0000 0000 125"), iccid);
    assert.equal(networkDeviceNumber("ICCID", "8944100000000000126"), undefined);
  });
});

describe("linking keys of handles", () => {
  const table: [string, string, Identifier][] = [
    [
      "strong",
      "an account on its platform",
      exampleIdentifier("account", "1000001", { platform: "Example Chat" }),
    ],
    ["weak", "an account without its platform", exampleIdentifier("account", "1000001")],
    [
      "strong",
      "a verified telephone number",
      exampleIdentifier("phone", "+44 7700 900123", { verified: "yes" }),
    ],
    [
      "medium",
      "an unverified telephone number",
      exampleIdentifier("phone", "+44 7700 900123", { verified: "no" }),
    ],
    ["never", "a telephone number of one digit", exampleIdentifier("phone", "+44 0000 000000")],
    ["weak", "a telephone number that cannot be read", exampleIdentifier("phone", "call 900123")],
    [
      "strong",
      "a verified e-mail address",
      exampleIdentifier("email", "kite@example.com", { verified: "yes" }),
    ],
    [
      "never",
      "a throw-away mail box, verified or not",
      exampleIdentifier("email", "box@mail.mailinator.com", { verified: "yes" }),
    ],
    [
      "never",
      "a mail address nobody reads",
      exampleIdentifier("email", "noreply@example.com", { verified: "yes" }),
    ],
    ["strong", "an IMEI", exampleIdentifier("device", "490154203237518", { label: "IMEI" })],
    [
      "weak",
      "an IMEI whose check digit is wrong",
      exampleIdentifier("device", "490154203237519", { label: "IMEI" }),
    ],
    [
      "medium",
      "a device number that can be reset",
      exampleIdentifier("device", "6d92078a82464ba4", { label: "IDFA" }),
    ],
    [
      "strong",
      "a means of payment with its issuer",
      exampleIdentifier("payment", "tok_example_1", { label: "Example Pay" }),
    ],
    ["medium", "a means of payment without its issuer", exampleIdentifier("payment", "tok_example_1")],
    [
      "medium",
      "a user name on its platform",
      exampleIdentifier("screen-name", "Blue-Kite", { platform: "Example Chat" }),
    ],
    ["weak", "a display name", exampleIdentifier("display-name", "Blue Kite")],
    [
      "never",
      "an account of one repeated character",
      exampleIdentifier("account", "00000000", { platform: "Example Chat" }),
    ],
  ];
  for (const [strength, what, item] of table)
    it(`are ${strength} for ${what}`, () => assert.equal(keyOf(item)?.strength, strength));

  it("keep platforms apart, whatever their names hold", () => {
    const values = [
      exampleIdentifier("account", "b/1", { platform: "a" }),
      exampleIdentifier("account", "1", { platform: "a/b" }),
      exampleIdentifier("account", "1", { platform: "\ud800" }),
    ].map((item) => keyOf(item)?.value);
    assert.equal(new Set(values).size, 3);
  });

  it("say whose they are, and count holders by account", () => {
    const phone = exampleIdentifier("phone", "+44 7700 900123", { verified: "yes" });
    const withAccount = exampleSuspect({
      identifiers: [phone, exampleIdentifier("account", "1000001", { platform: "Example Chat" })],
      events: [],
    });
    const [key] = keysOf({ persons: [withAccount], evidence: [] });
    assert.deepEqual(
      [key?.role, key?.person, key?.holder],
      ["suspect", "suspect-1", "account:example%20chat/1000001"],
    );
    assert.equal(keyOf(phone)?.holder, `report:${ID}#suspect-1`);
  });

  it("are taken of suspects and victims and of nobody else", () => {
    const reporter = { ...exampleVictim(), role: "reporter" as const, key: "reporter-1" as PersonKey };
    const recipient = { ...exampleVictim(), role: "recipient" as const, key: "recipient-1" as PersonKey };
    assert.deepEqual(keysOf({ persons: [reporter, recipient], evidence: [] }), []);
    assert.equal(keysOf({ persons: [exampleVictim()], evidence: [] })[0]?.role, "victim");
  });
});

describe("linking keys of addresses", () => {
  it("are medium at most, with the time of the event", () => {
    const key = addressKey({}, [aboutAddress("access")]);
    assert.equal(key?.strength, "medium");
    assert.equal(key.from, Date.parse("2026-11-12T12:00:00Z"));
  });

  const never: [string, Parameters<typeof exampleEvent>[0], Claim[]][] = [
    ["carrier NAT, with a port too", { port: 40_000 }, [aboutAddress("carrier-nat")]],
    ["a VPN", {}, [aboutAddress("vpn")]],
    ["a VPN on the sender's word", {}, [aboutAddress("access"), aboutAddress("vpn", { source: SENDER })]],
    ["a stated proxy", { possibleProxy: true }, [aboutAddress("access")]],
    ["no time", { moment: undefined }, [aboutAddress("access")]],
    [
      "an assumed zone",
      { moment: { raw: "x", at: "2026-11-12T12:00:00Z", zone: "assumed" } },
      [aboutAddress("access")],
    ],
  ];
  for (const [what, parts, claims] of never)
    it(`never link for ${what}`, () => assert.equal(addressKey(parts, claims)?.strength, "never"));

  it("are weak where the network is not known, or is an access network on the sender's word only", () => {
    assert.equal(addressKey({}, [])?.strength, "weak");
    assert.equal(addressKey({}, [aboutAddress("access", { source: SENDER })])?.strength, "weak");
  });

  it("take what is said of them in another spelling", () => {
    const key = addressKey({ ip: { raw: "2001:db8::3", address: "2001:db8::3" } }, [
      aboutAddress("access", { address: "2001:db8::3" }),
      aboutAddress("vpn", { address: "2001:0DB8:0:0::0003" }),
    ]);
    assert.equal(key?.strength, "never");
  });

  it("stand for the prefix that an IPv6 customer has", () => {
    const key = addressKey({ ip: { raw: "2001:db8:1:2::3", address: "2001:db8:1:2::3" } }, []);
    assert.deepEqual([key?.kind, key?.value], ["address-v6-prefix", "2001:db8:1:2::/64"]);
  });

  it("are one a day, from the first event to the last", () => {
    const at = (time: string) => ({ moment: { raw: time, at: time, zone: "stated" as const } });
    const events = ["2026-11-12T08:00:00Z", "2026-11-12T20:00:00Z", "2026-11-13T08:00:00Z"].map((time) =>
      exampleEvent(at(time)),
    );
    const keys = keysOf({ persons: [exampleSuspect({ identifiers: [], events })], evidence: [] });
    assert.deepEqual(
      keys.map(({ from, to }) => [from, to]),
      [
        [Date.parse("2026-11-12T08:00:00Z"), Date.parse("2026-11-12T20:00:00Z")],
        [Date.parse("2026-11-13T08:00:00Z"), Date.parse("2026-11-13T08:00:00Z")],
      ],
    );
  });
});

describe("linking keys of files and numbers", () => {
  const fileKey = (claims: Claim[], evidence = [exampleFile()]) =>
    keysOf({ persons: [exampleSuspect({ identifiers: [], events: [] })], evidence }, claims).find(
      ({ kind }) => kind === "file",
    );

  it("are medium for a new file, weak for a listed one and none for a viral one", () => {
    assert.equal(fileKey([])?.strength, "medium");
    const listed = aboutFile(
      { kind: "hash-match", list: "Example List", match: "exact", vetted: true },
      TABLE,
    );
    assert.equal(fileKey([listed])?.strength, "weak");
    assert.equal(fileKey([aboutFile(aFlag("viral"))])?.strength, "never");
    assert.equal(fileKey([aboutFile(aFlag("potential-meme"))])?.strength, "never");
    assert.equal(fileKey([], [exampleFile({ received: undefined })]), undefined);
  });

  it("are strong for report numbers, and the same whether a report has the number or names it", () => {
    const number = (kind: "this-report" | "prior-report") =>
      keysOf({ persons: [], evidence: [], references: [{ kind, issuer: "Example House", value: "42" }] })[0];
    assert.equal(number("this-report")?.strength, "strong");
    assert.deepEqual(
      [number("prior-report")?.kind, number("prior-report")?.value],
      [number("this-report")?.kind, number("this-report")?.value],
    );
  });

  it("belong to the only suspect, and to nobody among several", () => {
    const references: Report["references"] = [{ kind: "prior-report", issuer: "Example House", value: "42" }];
    assert.equal(
      keysOf({ references, evidence: [] }).find(({ kind }) => kind === "report-number")?.person,
      "suspect-1",
    );
    const persons = [exampleSuspect(), exampleSuspect({ key: "suspect-2" as PersonKey })];
    assert.equal(
      keysOf({ persons, references, evidence: [] }).find(({ kind }) => kind === "report-number")?.person,
      undefined,
    );
  });
});

describe("linking keys of arbitrary reports", () => {
  it("never let an address or a file join anybody", () => {
    fc.assert(
      fc.property(arbitraryInput, ({ report, claims }) => {
        for (const { kind, strength } of linkingKeys(ID, report, claims, defaultLinkRules))
          if (kind.startsWith("address") || kind === "file") assert.notEqual(strength, "strong");
      }),
    );
  });

  it("hold each value once a person and day", () => {
    fc.assert(
      fc.property(arbitraryInput, ({ report, claims }) => {
        const names = linkingKeys(ID, report, claims, defaultLinkRules).map(
          ({ kind, value, role, person, from }) =>
            JSON.stringify([
              kind,
              value,
              role,
              person,
              from === undefined ? "" : Math.floor(from / 86_400_000),
            ]),
        );
        assert.equal(new Set(names).size, names.length);
      }),
    );
  });
});
