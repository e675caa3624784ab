import assert from "node:assert/strict";
import { test } from "node:test";
import { incidentSchema } from "./incident.ts";
import { personSchema } from "./person.ts";

const occurred = { raw: "2026-03-01T09:30:00Z", at: "2026-03-01T09:30:00Z", zone: "stated", offset: "Z" };

test("an incident has a type and a time; its place on the service is one of eight kinds", () => {
  const parses = (channel: unknown) =>
    incidentSchema.safeParse({ type: "abuse-material", occurred, channel }).success;
  for (const channel of [
    { kind: "web-page", urls: ["https://example.com/kite"] },
    { kind: "email", addresses: ["a@example.com"] },
    { kind: "newsgroup", addresses: [] },
    { kind: "chat", room: "kites" },
    { kind: "game", game: "Example Chess" },
    { kind: "mobile", phone: "07700 900123", latitude: 51.5, longitude: -0.1 },
    { kind: "offline", places: [] },
    { kind: "peer-to-peer", events: [] },
  ])
    assert.equal(parses(channel), true, channel.kind);
  assert.equal(parses({ kind: "web-page" }), false);
  assert.equal(parses({ kind: "chat", urls: [] }), false);
  assert.equal(incidentSchema.safeParse({ type: "abuse-material" }).success, false);
});

test("a person has a key and a role, and a date of birth is a date that exists", () => {
  const person = { key: "suspect-1", role: "suspect", identifiers: [], events: [], places: [] };
  assert.equal(personSchema.safeParse(person).success, true);
  assert.equal(personSchema.safeParse({ ...person, dateOfBirth: "2001-02-29" }).success, false);
  assert.equal(personSchema.safeParse({ ...person, role: "offender" }).success, false);
  assert.equal(personSchema.safeParse({ ...person, ageYears: 151 }).success, false);
});
