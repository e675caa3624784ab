import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FileDetails } from "../document/file-details.ts";
import { SENDER } from "../testing/arbitrary-report.ts";
import { SMALLEST, evidenceId, number, take } from "../testing/house.ts";

describe("what the sender states", () => {
  it("becomes the sender's claim, yes or no as it was sent, and no claim where nothing was sent (law 3)", () => {
    const details = {
      reportId: number("1"),
      fileId: "b0",
      fileViewedByEsp: true,
      publiclyAvailable: false,
    } as const;
    const report = take({ ...SMALLEST, personOrUserReported: [{ compromisedAccount: false }] }, [
      { details },
    ]);
    const source = { kind: "sender", name: SENDER.name };
    assert.deepEqual(report.claims, [
      {
        about: { kind: "person", key: "suspect-1" },
        source,
        states: { kind: "flag", flag: "compromised-account", value: false },
      },
      {
        about: { kind: "evidence", id: evidenceId(0) },
        source,
        states: { kind: "flag", flag: "viewed-in-full", value: true },
      },
      {
        about: { kind: "evidence", id: evidenceId(0) },
        source,
        states: { kind: "flag", flag: "publicly-available", value: false },
      },
    ]);
  });

  it("escalates by being there", () => {
    const incidentSummary = {
      ...SMALLEST.incidentSummary,
      escalateToHighPriority: "A meeting was arranged.",
    };
    assert.deepEqual(
      take({ ...SMALLEST, incidentSummary }).claims.map(({ states }) => states),
      [{ kind: "escalation", text: "A meeting was arranged." }],
    );
  });

  it("is a meme in either of the two ways, and can be denied in one", () => {
    const file = { reportId: number("1"), fileId: "b0" } as const;
    const memes = (details: FileDetails): readonly unknown[] =>
      take(SMALLEST, [{ details }]).claims.map(({ states }) => states);
    const yes = [{ kind: "flag", flag: "potential-meme", value: true }];
    assert.deepEqual(memes({ ...file, potentialMeme: true }), yes);
    assert.deepEqual(memes({ ...file, fileAnnotations: { potentialMeme: true } }), yes);
    assert.deepEqual(memes({ ...file, potentialMeme: false }), [
      { kind: "flag", flag: "potential-meme", value: false },
    ]);
  });
});

describe("what is ambiguous stays so (law 4)", () => {
  it("a time without a zone has no instant, and an address that is none stays a text", () => {
    const { persons, incident } = take({
      incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00" },
      reporter: { reportingPerson: {} },
      victim: [{ victimPerson: {}, ipCaptureEvent: [{ ipAddress: "192.0.2.010" }] }],
    });
    assert.deepEqual(incident.occurred, { raw: "2026-01-01T00:00:00", zone: "none" });
    assert.deepEqual(persons[0]?.events, [{ kind: "unknown", ip: { raw: "192.0.2.010" } }]);
  });

  it("a billing address is marked as one, and an estimate as one", () => {
    const { persons } = take({
      ...SMALLEST,
      victim: [
        {
          victimPerson: { address: [{ type: "Billing", city: "Porthaven" }] },
          estimatedLocation: { countryCode: "GB" },
        },
      ],
    });
    assert.deepEqual(
      persons[0]?.places.map(({ basis, addressKind }) => [basis, addressKind]),
      [
        ["declared", "billing"],
        ["estimated", "unknown"],
      ],
    );
  });

  it("an unnamed event is of unknown kind, but a file's captured address is that of its upload, as the wire defines it", () => {
    const capture = { ipAddress: "192.0.2.1" };
    const file = { reportId: number("1"), fileId: "b0" } as const;
    const report = take({ ...SMALLEST, victim: [{ victimPerson: {}, ipCaptureEvent: [capture] }] }, [
      { details: { ...file, ipCaptureEvent: capture } },
      { details: { ...file, ipCaptureEvent: { ...capture, eventName: "Login" } } },
    ]);
    assert.equal(report.persons[0]?.events[0]?.kind, "unknown");
    assert.deepEqual(
      report.evidence.map(({ events }) => events[0]?.kind),
      ["upload", "login"],
    );
  });

  it("a placeholder is no handle, and a handle of a third party's user is not of this platform", () => {
    const { persons, statements } = take({
      ...SMALLEST,
      personOrUserReported: [{ espIdentifier: "unknown", screenName: "Rowan", thirdPartyUserReported: true }],
    });
    assert.deepEqual(persons[0]?.identifiers, [
      { kind: "screen-name", value: "rowan", raw: "Rowan", normalised: true, verified: "unknown" },
    ]);
    assert.deepEqual(statements, [
      {
        topic: "wire",
        text: "unknown",
        person: "suspect-1",
        path: "/report/personOrUserReported[1]/espIdentifier",
      },
    ]);
  });
});

describe("a captured address", () => {
  it("is an event with its time, port and canonical address, and the letters that were sent", () => {
    const ipCaptureEvent = [
      {
        ipAddress: "::FFFF:192.0.2.1",
        eventName: "Login",
        dateTime: "2026-01-01T00:00:00Z",
        port: 1,
        possibleProxy: true,
      },
    ] as const;
    const { persons } = take({ ...SMALLEST, victim: [{ victimPerson: {}, ipCaptureEvent }] });
    const at = "2026-01-01T00:00:00Z";
    assert.deepEqual(persons[0]?.events, [
      {
        kind: "login",
        moment: { raw: at, at, zone: "stated", offset: "Z" },
        ip: { raw: "::FFFF:192.0.2.1", address: "192.0.2.1" },
        port: 1,
        possibleProxy: true,
      },
    ]);
  });
});

describe("a telephone number", () => {
  it("is read with its calling code and kept as it was sent", () => {
    const phone = [{ value: "07700 900123", countryCallingCode: "+44" }];
    const { persons } = take({ ...SMALLEST, victim: [{ victimPerson: { phone } }] });
    assert.deepEqual(persons[0]?.identifiers, [
      { kind: "phone", value: "+447700900123", raw: "07700 900123", normalised: true, verified: "unknown" },
    ]);
  });
});

describe("text that has no place of its own", () => {
  it("stays word for word with its topic, its path and whom it is about", () => {
    const { statements } = take({
      ...SMALLEST,
      internetDetails: [{ webPageIncident: {} }, { chatImIncident: { content: "Hello." } }],
      lawEnforcement: { agencyName: "Example Constabulary" },
      reporter: { reportingPerson: {}, termsOfService: "Be kind.", legalURL: "https://example.com/legal" },
      intendedRecipient: [{ intendedRecipientPerson: {}, displayName: [""] }],
      victim: [{ victimPerson: {}, profileBio: "Boats.", additionalInfo: "Safe." }],
      additionalInfo: "Nothing more.",
    });
    const block = {
      topic: "wire",
      text: '[["/report/intendedRecipient[1]/intendedRecipientPerson",""],["/report/intendedRecipient[1]/displayName[1]",""]]',
      path: "/report",
    };
    assert.deepEqual(statements, [
      { topic: "chat", text: "Hello.", path: "/report/internetDetails[2]/chatImIncident/content" },
      { topic: "police-contact", text: "Example Constabulary", path: "/report/lawEnforcement/agencyName" },
      { topic: "terms", text: "Be kind.", path: "/report/reporter/termsOfService" },
      { topic: "policy", text: "https://example.com/legal", path: "/report/reporter/legalURL" },
      { topic: "bio", text: "Boats.", person: "victim-1", path: "/report/victim[1]/profileBio" },
      { topic: "note", text: "Safe.", person: "victim-1", path: "/report/victim[1]/additionalInfo" },
      { topic: "note", text: "Nothing more.", path: "/report/additionalInfo" },
      block,
    ]);
  });
});
