import assert from "node:assert/strict";
import { test } from "node:test";
import { identifier, ukOutcode } from "@fairlead/report";
import { UK_AREAS } from "./areas.ts";
import { accountsOf, areasOf, personOf, type Setting } from "./person.ts";
import { UK_DEMO } from "./uk-demo.ts";

const setting: Setting = { seed: "seed", profile: UK_DEMO, areas: UK_AREAS };
const people = Array.from({ length: 3000 }, (_, number) => personOf(setting, "GB", number));

test("there are 45 forces, each with outward codes of its own", () => {
  assert.equal(new Set(UK_AREAS.map(({ force }) => force)).size, 45);
  for (const { force } of UK_AREAS) assert.match(force, /^[a-z]+(-[a-z]+)*$/);
  const outcodes = UK_AREAS.flatMap((area) => area.outcodes);
  assert.equal(new Set(outcodes).size, outcodes.length);
  for (const outcode of outcodes) assert.equal(ukOutcode(outcode), outcode);
});

test("a simulated postcode can be routed, and nobody lives there", () => {
  for (const { home } of people) {
    assert.ok(home);
    const outcode = ukOutcode(home.postcode);
    assert.ok(UK_AREAS.find(({ force }) => force === home.force)?.outcodes.includes(outcode ?? ""));
    // Royal Mail gives out no inward code with any of these letters.
    assert.match(home.postcode, / \d[CIKMOV]{2}$/);
  }
});

test("a telephone number is one of Ofcom's for drama, and no two people have the same", () => {
  const phones = people.flatMap(({ phone }) => (phone === null ? [] : [phone]));
  assert.equal(phones.length, people.length / 10);
  assert.equal(new Set(phones).size, phones.length);
  for (const phone of phones) assert.match(phone, /^(07700900|01632960)\d{3}$/);
  assert.equal(identifier("phone", phones[0] ?? "", { region: "GB" })?.normalised, true);
});

test("when the drama numbers have run out, nobody gets one", () => {
  const late = Array.from({ length: 40 }, (_, i) => personOf(setting, "GB", 19_980 + i).phone);
  assert.match(late.slice(0, 20).find((phone) => phone !== null) ?? "", /^01632960/);
  assert.ok(late.slice(20).every((phone) => phone === null));
});

test("addresses for mail are unique to a person and lie in reserved domains", () => {
  assert.equal(new Set(people.map(({ email }) => email)).size, people.length);
  for (const { email } of people) assert.match(email, /@(example\.(com|org|net)|[a-z]+\.example)$/);
});

test("a person is the same each time, and other people are others", () => {
  assert.deepEqual(personOf(setting, "GB", 7), people[7]);
  assert.notDeepEqual(personOf({ ...setting, seed: "other" }, "GB", 7), people[7]);
  assert.notEqual(personOf(setting, "US", 7).email, people[7]?.email);
});

test("a person has one to three accounts on a platform, and no account is two people's", () => {
  const accounts = people.slice(0, 500).flatMap((person) => accountsOf(setting, person, "example-platform"));
  assert.ok(accounts.length > 600 && accounts.length < 800, `${accounts.length}`);
  assert.equal(new Set(accounts.map(({ id }) => id)).size, accounts.length);
  assert.ok(
    accounts.some(({ id }) => /^00\d+$/.test(id)),
    "some ids look like numbers",
  );
});

test("people can be kept to the areas of some forces, and a force that does not exist is an error", () => {
  const areas = areasOf(["gwent", "surrey"]);
  const homes = Array.from(
    { length: 50 },
    (_, number) => personOf({ ...setting, areas }, "GB", number).home?.force,
  );
  assert.deepEqual(new Set(homes), new Set(["gwent", "surrey"]));
  assert.throws(() => areasOf(["atlantis"]), /atlantis/);
});
