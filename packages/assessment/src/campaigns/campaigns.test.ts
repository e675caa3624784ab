import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { PersonKey, ReportId } from "@fairlead/report";
import {
  aboutFile,
  aboutReport,
  aFlag,
  exampleFile,
  exampleIdentifier,
  exampleReport,
  exampleSuspect,
  exampleVictim,
} from "../testing/index.ts";
import { campaignsOf, growthOf, openCampaignIndex } from "./campaign-index.ts";
import { defaultCampaignRules } from "./campaign-rules.ts";
import { countAll, countName, countOf, openDistinct } from "./distinct.ts";
import { leadsOf, type CampaignReport } from "./leads.ts";
import { sightingsOf, type Sighting } from "./sighting.ts";

const DAY = 86_400_000;
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}` as ReportId;
const A = "a".repeat(64);
const B = "b".repeat(64);
const LOOKS = "0".repeat(64);
const NEAR = `${"0".repeat(60)}00ff`;
const FAR = "f".repeat(64);

const sighting = (n: number, parts: Partial<Sighting> = {}): Sighting => ({
  report: id(n),
  holder: `account:chat/${n}`,
  sender: "example-platform",
  at: n * DAY,
  exact: A,
  ...parts,
});
const many = (length: number, make: (n: number) => Sighting) => Array.from({ length }, (_, n) => make(n));

describe("a campaign", () => {
  it("is an item that more different holders have than the rules say", () => {
    assert.deepEqual(
      campaignsOf(
        many(25, (n) => sighting(n)),
        defaultCampaignRules,
      ),
      [],
    );
    assert.deepEqual(
      campaignsOf(
        many(26, (n) => sighting(n, { country: n % 2 === 0 ? "GB" : "IE" })),
        defaultCampaignRules,
      ),
      [
        {
          items: [{ kind: "exact", hash: A }],
          holders: 26,
          reports: 26,
          senders: ["example-platform"],
          countries: ["GB", "IE"],
          firstSeen: 0,
          lastSeen: 25 * DAY,
          days: many(26, (n) => sighting(n)).map(({ at }) => ({
            day: new Date(at).toISOString().slice(0, 10),
            sightings: 1,
          })),
        },
      ],
    );
  });

  it("is not what one holder is reported for five hundred times", () => {
    assert.deepEqual(
      campaignsOf(
        many(500, (n) => sighting(n, { holder: "account:chat/1" })),
        defaultCampaignRules,
      ),
      [],
    );
  });

  it("holds files of other bytes that look alike, and none that look otherwise", () => {
    const [campaign, ...others] = campaignsOf(
      [
        ...many(13, (n) => sighting(n, { perceptual: LOOKS })),
        ...many(13, (n) => sighting(n + 13, { exact: B, perceptual: NEAR })),
        sighting(30, { exact: "c".repeat(64), perceptual: FAR }),
      ],
      defaultCampaignRules,
    );
    assert.deepEqual(
      campaign?.items.map(({ hash }) => hash),
      [A, B, LOOKS, NEAR],
    );
    assert.deepEqual([campaign?.holders, others], [26, []]);
  });

  it("grows by what came in the last days against the days before", () => {
    const [campaign] = campaignsOf(
      many(30, (n) => sighting(n, { at: n < 20 ? 10 * DAY : 3 * DAY })),
      defaultCampaignRules,
    );
    assert.deepEqual(growthOf(campaign!, 10 * DAY, 7), { last: 20, before: 10 });
  });

  it("is the same in whatever order its sightings come, all at once or one by one", () => {
    const arbitrary = fc.array(
      fc.record({
        n: fc.nat(12),
        exact: fc.constantFrom(A, B),
        perceptual: fc.constantFrom(LOOKS, NEAR, FAR, undefined),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        arbitrary.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const rules = { holders: 2, distance: 31 };
          const make = ({ n, exact, perceptual }: (typeof all)[number]) =>
            sighting(n, perceptual === undefined ? { exact } : { exact, perceptual });
          const index = openCampaignIndex(rules);
          for (const each of shuffled) index.add([make(each)]);
          const campaigns = campaignsOf(all.map(make), rules);
          assert.deepEqual(index.campaigns(), campaigns);
          for (const campaign of campaigns)
            for (const item of campaign.items) assert.deepEqual(index.campaignOf(item), campaign);
        },
      ),
    );
  });
});

it("holders are counted exactly while they are few and nearly so when they are many, in any order", () => {
  const distinct = openDistinct();
  const [even, odd] = [openDistinct(), openDistinct()];
  for (let n = 0; n < 50_000; n += 1) {
    countName(distinct, `account:chat/${n % 25_000}`);
    countName(n % 2 === 0 ? even : odd, `account:chat/${n % 25_000}`);
    if (n === 1000) assert.equal(countOf(distinct), 1001);
  }
  assert.ok(Math.abs(countOf(distinct) - 25_000) < 1250, String(countOf(distinct)));
  countAll(odd, even);
  assert.equal(countOf(odd), countOf(distinct));
});

it("sightings are one for each file of a report, with the account that had it", () => {
  const pdq = exampleFile({
    received: undefined,
    declaredHashes: [{ algorithm: "PDQ", value: FAR.toUpperCase() }],
  });
  const report = exampleReport({ evidence: [exampleFile(), exampleFile(), pdq] });
  assert.deepEqual(sightingsOf(id(1), report, [], 5), [
    { report: id(1), holder: "account:example%20chat/1000001", sender: "example-platform", at: 5, exact: A },
    {
      report: id(1),
      holder: "account:example%20chat/1000001",
      sender: "example-platform",
      at: 5,
      perceptual: FAR,
    },
  ]);
  const batch = exampleReport({
    persons: [exampleSuspect(), exampleSuspect({ key: "suspect-2" as PersonKey })],
  });
  assert.equal(sightingsOf(id(1), batch, [], 5)[0]?.holder, `report:${id(1)}`);
});

describe("leads inside a campaign", () => {
  const items = [{ kind: "exact", hash: A }] as const;
  const inCampaign = (n: number, parts: Partial<CampaignReport> = {}): CampaignReport => ({
    id: id(n),
    report: exampleReport(),
    claims: [],
    receivedAt: n,
    tier: "R5",
    daysSeen: 1,
    ...parts,
  });
  const other = exampleFile({
    received: { size: 1, sha256: B, sha1: "b".repeat(40), md5: "b".repeat(32) },
  });

  it("are those that show something beyond the item, by the weightiest reason and never by a sum", () => {
    const all = [
      inCampaign(1),
      inCampaign(2, { daysSeen: 4, claims: [aboutReport(aFlag("commercial"))] }),
      inCampaign(3, { report: exampleReport({ evidence: [exampleFile(), other] }) }),
      inCampaign(4, { report: exampleReport({ persons: [exampleSuspect(), exampleVictim()] }) }),
      inCampaign(5, { tier: "R2" }),
      inCampaign(6, {
        report: exampleReport({ statements: [{ topic: "chat", text: "The kite flew well." }] }),
      }),
      inCampaign(7, { tier: "R2", daysSeen: 2 }),
    ];
    assert.deepEqual(
      leadsOf(all, items).map(({ report, reasons }) => [report, reasons.map(({ rule }) => rule)]),
      [
        [id(7), ["lead.higher-tier", "lead.repeated"]],
        [id(5), ["lead.higher-tier"]],
        [id(4), ["lead.victim-named"]],
        [id(6), ["lead.conversation"]],
        [id(3), ["lead.new-file"]],
        [id(2), ["lead.repeated", "lead.commercial"]],
      ],
    );
  });

  it("say where in the report the reason is", () => {
    const [lead] = leadsOf(
      [inCampaign(3, { report: exampleReport({ evidence: [exampleFile(), other] }) })],
      items,
    );
    assert.equal(lead?.reasons[0]?.path, "/report/evidence/1");
  });

  it("do not count a file as new that a list knows or somebody calls viral", () => {
    const evidence = [other];
    const known = { kind: "hash-match", list: "Example List", match: "exact", vetted: true } as const;
    for (const claim of [aboutFile(known), aboutFile(aFlag("viral"))])
      assert.deepEqual(
        leadsOf([inCampaign(1, { report: exampleReport({ evidence }), claims: [claim] })], items),
        [],
      );
  });

  it("show a payment and an earlier referral", () => {
    const paid = exampleReport({
      persons: [exampleSuspect({ identifiers: [exampleIdentifier("payment", "tok_example_1")] })],
    });
    const [lead] = leadsOf(
      [inCampaign(1, { report: paid, claims: [aboutReport(aFlag("prior-referral"))] })],
      items,
    );
    assert.deepEqual(
      lead?.reasons.map(({ rule, path }) => [rule, path]),
      [
        ["lead.commercial", "/report/persons/0"],
        ["lead.earlier-referral", "/claims/0"],
      ],
    );
  });
});
