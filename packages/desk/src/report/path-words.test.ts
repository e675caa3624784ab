import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { person, view } from "../testing/report-view.ts";
import { fieldPlace } from "./path-words.ts";

const claim = {
  about: { kind: "report" as const },
  source: { kind: "sender" as const, name: "Example Platform" },
  states: { kind: "escalation" as const, text: "x".repeat(200) },
};
const suspect = person({
  events: [{ kind: "upload", ip: { raw: "192.0.2.7", address: "192.0.2.7" } }, { kind: "login" }],
  identifiers: [
    { kind: "email", value: "a@example.org", raw: "A@example.org", normalised: true, verified: "unknown" },
  ],
});
const report = view(
  { claims: [{ ...claim, states: { kind: "flag", flag: "spam", value: true } }] },
  [suspect],
  [claim],
);

suite("the field that a reason rests on", () => {
  test("has the name that it has on the page, and the way there", () => {
    const places = {
      "": { words: "the whole report", section: "summary" },
      "/report": { words: "the whole report", section: "summary" },
      "/report/incident/occurred": { words: "the incident as stated", section: "summary" },
      "/report/persons/0": { words: "Suspect 1", section: "people" },
      "/report/persons/0/events/0/port": { words: "Suspect 1, Upload 192.0.2.7", section: "events" },
      "/report/persons/0/events/1": { words: "Suspect 1, Login", section: "events" },
      "/report/persons/0/identifiers/0": { words: "Suspect 1, E-mail A@example.org", section: "people" },
      "/report/evidence/0": { words: "harbour.png", section: "evidence" },
      "/report/statements/3": { words: "a text", section: "statements" },
      "/context/handOffs": { words: "what this station knows of it" },
      "/claims/0": { words: "“Spam: yes”", section: "claims" },
    } as const;
    for (const [path, place] of Object.entries(places))
      assert.deepEqual(fieldPlace(path, report), place, path);
  });

  test("is cut short when it is a long text", () => {
    assert.ok((fieldPlace("/report/claims/0", report)?.words.length ?? 0) < 90);
  });

  test("has no name when it is not on the page", () => {
    for (const path of ["/report/persons/7", "/report/claims/9", "/claims/x", "/report/sender"])
      assert.equal(fieldPlace(path, report), undefined, path);
  });
});
