import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Report } from "@fairlead/report";
import fc from "fast-check";
import { reportIdentity } from "../linking/same-report.ts";
import {
  arbitraryReport,
  exampleEvent,
  exampleFile,
  exampleIdentifier,
  exampleReport,
  exampleSuspect,
} from "../testing/index.ts";
import { type Arrival, arrivalGroups, arrivalKeys, type HeldArrival, lateness, maybeSame } from "./index.ts";

const STATION = { id: "agency-one", name: "Example Agency" };

function arrival(report: Partial<Report> = {}, parts: Partial<Arrival> = {}): Arrival {
  return {
    report: exampleReport(report),
    handedBy: "example-platform",
    passesOn: false,
    numbers: [],
    station: STATION,
    ...parts,
  };
}

/** `one`, `two`, … in the order given. */
function held(arrivals: readonly Arrival[]): HeldArrival[] {
  const names = ["one", "two", "three", "four"];
  return arrivals.map((each, at) => ({ id: names[at] ?? "", keys: arrivalKeys(each), isApart: false }));
}

function groups(...arrivals: Arrival[]) {
  const { same, matter } = arrivalGroups(held(arrivals), []);
  return { same: [...same.keys()], matter: [...matter.keys()] };
}

const NOBODY = { same: [], matter: [] };
const BOTH = ["one", "two"];
const reference = (
  kind: "this-report" | "prior-report",
  value: string,
  parts: Partial<Report["references"][number]> = {},
): Partial<Report> => ({ references: [{ kind, issuer: "Example House", value, ...parts }] });
const at = (time: string): Partial<Report> => ({
  incident: { type: "abuse-material", occurred: { raw: time, at: time, zone: "stated" } },
});
const peer = { handedBy: "clearing-house", passesOn: true };

describe("the same report by two inlets", () => {
  it("is found by sender, second, accounts and files, whatever numbers it came under", () => {
    const one = arrival(reference("this-report", "1"));
    const two = arrival(reference("this-report", "2"), peer);
    assert.deepEqual(groups(one, two), { same: BOTH, matter: BOTH });
    assert.deepEqual(groups(arrival(), arrival({}, { handedBy: "its-other-account" })), {
      same: BOTH,
      matter: BOTH,
    });
  });

  it("is not joined by what matches in part: that is a hint", () => {
    const file = exampleFile({ received: undefined });
    const parts: Array<Partial<Report>> = [
      at("2026-01-01T00:00:01Z"),
      {
        evidence: [
          exampleFile(),
          exampleFile({
            received: { size: 1, sha256: "b".repeat(64), sha1: "b".repeat(40), md5: "b".repeat(32) },
          }),
        ],
      },
      {
        persons: [
          exampleSuspect({ identifiers: [exampleIdentifier("account", "9", { platform: "Example Chat" })] }),
        ],
      },
      { sender: { kind: "platform", id: "other", name: "Other Platform" } },
      { incident: { type: "abuse-material", occurred: { raw: "2026-01-01", zone: "none" } } },
      { evidence: [file] },
    ];
    for (const part of parts)
      assert.deepEqual(groups(arrival(), arrival(part, peer)), NOBODY, JSON.stringify(part));
    const identity = (report: Partial<Report>) => reportIdentity(exampleReport(report));
    assert.equal(
      maybeSame(identity({}), identity({ sender: { kind: "hotline", id: "other", name: "Other" } })),
      "two senders tell of the same account, files and minute",
    );
    assert.equal(
      maybeSame(identity(parts[1] ?? {}), identity({})),
      "the same account and minute, and some of the same files",
    );
    assert.equal(maybeSame(identity(parts[2] ?? {}), identity({})), undefined);
  });

  it("is found by one number of its own where accounts and files agree, and by a number alone not", () => {
    const number = reference("this-report", "42");
    const later = { ...number, ...at("2026-01-01T00:00:01Z") };
    assert.deepEqual(groups(arrival(number), arrival(later, peer)).same, BOTH);
    assert.deepEqual(groups(arrival(number), arrival({ ...later, evidence: [] }, peer)), NOBODY);
    const bare = { ...number, evidence: [], persons: [exampleSuspect({ events: [] })] };
    assert.deepEqual(groups(arrival(bare), arrival(bare, peer)).same, BOTH);
    assert.deepEqual(
      groups(arrival(bare), arrival({ ...bare, ...at("2026-01-01T00:00:01Z") }, peer)),
      NOBODY,
    );
  });

  it("is without files the same only where everything agrees that was said, and something was", () => {
    const words = { evidence: [] };
    assert.deepEqual(groups(arrival(words), arrival(words, peer)).same, BOTH);
    const other = { persons: [exampleSuspect({ events: [exampleEvent({ port: 4000 })] })], evidence: [] };
    assert.deepEqual(groups(arrival(words), arrival(other, peer)), NOBODY);
    const nothing = { persons: [exampleSuspect({ events: [] })], evidence: [] };
    assert.deepEqual(groups(arrival(nothing), arrival(nothing, peer)), NOBODY);
  });
});

describe("an amendment", () => {
  const original = arrival({ ...reference("this-report", "42") }, { numbers: ["1001"] });
  const late = at("2026-01-01T00:00:01Z");
  const ours = { references: [{ kind: "prior-report", issuer: "example agency ", value: "1001" }] } as const;

  it("joins the one that it names, by our number, the sender's and the wire's, and is not the same", () => {
    const namings = [
      arrival({ ...reference("prior-report", "42"), ...late }),
      arrival({ ...ours, references: [...ours.references], ...late }),
      arrival(late, { follows: "1001" }),
    ];
    for (const naming of namings) assert.deepEqual(groups(original, naming), { same: [], matter: BOTH });
  });

  it("joins nothing of another sender's, and nothing by a number that stands with a person unless it tells of the same", () => {
    const naming = reference("prior-report", "42");
    assert.deepEqual(
      groups(original, arrival({ ...naming, ...late }, { handedBy: "somebody-else" })),
      NOBODY,
    );
    const ofPerson = reference("prior-report", "42", { person: exampleSuspect().key });
    assert.deepEqual(groups(original, arrival({ ...ofPerson, ...late })), NOBODY);
    assert.deepEqual(groups(original, arrival({ ...ofPerson, evidence: [] })).matter, BOTH);
  });

  it("waits with whoever names the same, until the one that they name comes", () => {
    const naming = (second: number) =>
      arrival({ ...reference("prior-report", "42"), ...at(`2026-01-01T00:00:0${second}Z`) });
    assert.deepEqual(groups(naming(1), naming(2)).matter, BOTH);
    assert.deepEqual(groups(naming(1), naming(2), original).matter, ["one", "two", "three"]);
  });
});

describe("groups of arrivals", () => {
  const key = fc.record({
    part: fc.constantFrom("same-files" as const, "same-number" as const, "name" as const, "naming" as const),
    key: fc.constantFrom("a", "b", "c", "d"),
  });
  const arrivals = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{2}$/),
      keys: fc.array(key, { maxLength: 3 }),
      isApart: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 12 },
  );

  it("are the same in any order and however often something is said", () => {
    fc.assert(
      fc.property(arrivals, fc.array(fc.nat()), (all, numbers) => {
        const shuffled = all.toSorted(
          (a, b) => (numbers[all.indexOf(a)] ?? 0) - (numbers[all.indexOf(b)] ?? 0),
        );
        const again = shuffled.map((each) => ({ ...each, keys: [...each.keys, ...each.keys].toReversed() }));
        const sorted = (map: ReadonlyMap<string, string>) => Object.fromEntries(map);
        const [one, two] = [arrivalGroups(all, []), arrivalGroups(again, [])];
        assert.deepEqual(sorted(one.same), sorted(two.same));
        assert.deepEqual(sorted(one.matter), sorted(two.matter));
        for (const [id, root] of one.same)
          assert.equal(one.matter.get(id), one.matter.get(root), "the same report is the same matter");
      }),
    );
  });

  it("lose one that stands apart and what only it held together", () => {
    const chain = (isApart: boolean): HeldArrival[] => [
      { id: "a", keys: [{ part: "same-files", key: "x" }], isApart: false },
      {
        id: "b",
        keys: [
          { part: "same-files", key: "x" },
          { part: "same-number", key: "y" },
        ],
        isApart,
      },
      { id: "c", keys: [{ part: "same-number", key: "y" }], isApart: false },
    ];
    assert.equal(arrivalGroups(chain(false), []).same.size, 3);
    assert.equal(arrivalGroups(chain(true), []).same.size, 0);
    assert.deepEqual([...arrivalGroups(chain(true), [["b", "c"]]).same.keys()], ["b", "c"]);
  });

  it("hold every report with itself handed in again, whatever it says, where it can be told at all", () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const one = arrival(report);
        const told = arrivalKeys(one).some(({ part }) => part.startsWith("same-"));
        assert.deepEqual(groups(one, one).same, told ? BOTH : []);
      }),
    );
  });
});

describe("a late arrival", () => {
  const day = 86_400_000;
  it("is late from the thirtieth day, by its event or by the first of its matter, whichever is longer ago", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    assert.equal(lateness(now, now - 29 * day, undefined), undefined);
    assert.deepEqual(lateness(now, now - 400 * day, now - 40 * day), { days: 400, since: "event" });
    assert.deepEqual(lateness(now, undefined, now - 400 * day), { days: 400, since: "first-arrival" });
    assert.equal(lateness(now, now + 5 * day, undefined), undefined);
  });
});
