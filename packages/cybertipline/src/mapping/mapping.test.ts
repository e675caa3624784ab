import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Evidence, type Report, validateReport } from "@fairlead/report";
import * as fc from "fast-check";
import { encodeFileDetails, encodeReport } from "../codec/documents.ts";
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { type ReportNumber, parseReportNumber } from "../document/scalars.ts";
import { CyberTiplineError } from "../error.ts";
import { FILE_DETAILS, REPORT } from "../schema/documents.ts";
import { element } from "../testing/arbitrary.ts";
import { SENDER, arbitraryReport } from "../testing/arbitrary-report.ts";
import { factsOf } from "../testing/facts.ts";
import { LEGACY_FILE_DETAILS, MAXIMAL_FILE_DETAILS, MAXIMAL_REPORT } from "../testing/maximal.ts";
import { describeFile } from "./from-evidence.ts";
import { type WireReport, fromReport } from "./from-report.ts";
import type { ReceivedFile } from "./to-evidence.ts";
import { toReport } from "./to-report.ts";

const ISSUER = "NCMEC";
const RECEIVED = { size: 1, sha256: "0".repeat(64), sha1: "0".repeat(40), md5: "0".repeat(32) };

function number(text: string): ReportNumber {
  const parsed = parseReportNumber(text);
  assert.ok(parsed);
  return parsed;
}

function evidenceId(index: number): Evidence["id"] {
  return `0198c7e0-0000-7000-8000-00000000000${String(index)}` as Evidence["id"];
}

type Upload = Pick<ReceivedFile, "fileName" | "mediaType" | "details">;

function take(document: CyberTiplineReport, uploads: readonly Upload[] = []): Report {
  const files = uploads.map(
    (upload, index): ReceivedFile => ({
      fileId: `b${String(index)}`,
      evidenceId: evidenceId(index),
      received: RECEIVED,
      ...upload,
    }),
  );
  const { report } = toReport({
    document,
    number: number("250799407"),
    issuer: ISSUER,
    sender: SENDER,
    files,
  });
  const validation = validateReport(report, Number.MAX_SAFE_INTEGER);
  // These two are rules on what was sent, and the wire's own rules have them as well.
  const problems = validation.ok
    ? []
    : validation.problems.filter(({ code }) => !/^(?:persons\.one-suspect|moment\.future)$/.test(code));
  assert.deepEqual(problems, []);
  return report;
}

/** What a server that receives the documents makes of them. */
function takeAgain(wire: WireReport): Report {
  const uploads = wire.files.map(({ evidenceId: id, description, ...file }, index) => ({
    fileId: `b${String(index)}`,
    evidenceId: id,
    received: RECEIVED,
    ...file,
    ...(description === undefined
      ? {}
      : { details: describeFile(description, number("1"), `b${String(index)}`) }),
  }));
  return toReport({
    document: wire.document,
    number: number("250799407"),
    issuer: ISSUER,
    sender: SENDER,
    files: uploads,
  }).report;
}

function withoutIds(details: FileDetails): object {
  return Object.fromEntries(
    Object.entries(details).filter(([name]) => name !== "reportId" && name !== "fileId"),
  );
}

const SMALLEST: CyberTiplineReport = {
  incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
  reporter: { reportingPerson: {} },
};

describe("a report of the wire", () => {
  it("comes out of the house exactly as it went in, whatever it holds, with nothing listed as omitted", () => {
    const upload = fc.record({
      details: fc.option(element(FILE_DETAILS) as fc.Arbitrary<FileDetails>, { nil: undefined }),
      fileName: fc.option(fc.constantFrom("boat.jpg", "blob", "x".repeat(3000)), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        element(REPORT) as fc.Arbitrary<CyberTiplineReport>,
        fc.array(upload, { maxLength: 2 }),
        (document, uploads) => {
          const sent = uploads.map(({ details, fileName }) => ({
            ...(details === undefined ? {} : { details }),
            ...(fileName === undefined ? {} : { fileName }),
          }));
          const report = take(document, sent);
          const wire = fromReport(report, { issuer: ISSUER });
          assert.deepEqual(wire.document, document);
          assert.deepEqual(
            wire.files.map(({ description }) => description ?? {}),
            uploads.map(({ details }) => (details === undefined ? {} : withoutIds(details))),
          );
          assert.deepEqual(wire.omissions, []);
          assert.deepEqual(takeAgain(wire), report);
        },
      ),
    );
  });

  it("does so when it uses every element there is", () => {
    const report = take(MAXIMAL_REPORT, [
      { details: MAXIMAL_FILE_DETAILS, fileName: "blob" },
      { details: LEGACY_FILE_DETAILS },
    ]);
    const wire = fromReport(report, { issuer: ISSUER });
    assert.deepEqual(wire.document, MAXIMAL_REPORT);
    assert.deepEqual(
      wire.files.map(({ description }) => description),
      [withoutIds(MAXIMAL_FILE_DETAILS), withoutIds(LEGACY_FILE_DETAILS)],
    );
    assert.deepEqual(
      wire.files.map(({ fileName }) => fileName),
      ["blob", LEGACY_FILE_DETAILS.originalFileName],
    );
    assert.deepEqual(wire.omissions, []);
    assert.deepEqual(wire.knownAs, [{ kind: "this-report", issuer: ISSUER, value: "250799407" }]);
  });

  it("does so when it holds more than a report has room for", () => {
    const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
      Array.from({ length: count }, (_, index) => make(index));
    const document: CyberTiplineReport = {
      ...SMALLEST,
      incidentSummary: {
        ...SMALLEST.incidentSummary,
        escalateToHighPriority: "🌊".repeat(3000),
        incidentDateTimeDescription: "é".repeat(3001),
      },
      internetDetails: [
        { webPageIncident: { url: many(1200, (index) => `https://example.com/${String(index)}`) } },
      ],
      personOrUserReported: [
        {
          displayName: many(5100, (index) => `name ${String(index)}`),
          priorCTReports: many(1100, (index) => number(String(index))),
          ipCaptureEvent: [{ ipAddress: "x".repeat(65), port: 1 }, { ipAddress: "192.0.2.1" }],
          personOrUserReportedPerson: { address: many(501, (index) => ({ city: `city ${String(index)}` })) },
        },
      ],
      victim: many(5100, () => ({ victimPerson: {}, espService: "a" })),
      additionalInfo: "🌊".repeat(1_100_000),
    };
    const details: FileDetails = {
      reportId: number("1"),
      fileId: "b0",
      originalFileHash: many(70, (index) => ({ value: `ab${String(index)}`, hashType: "MD5" })),
      details: [{ nameValuePair: many(10_100, (index) => ({ name: `n${String(index)}`, value: "" })) }],
      additionalInfo: ["x".repeat(2_000_000)],
    };
    const report = take(document, [{ details }]);
    const escalation = report.claims.find(({ states }) => states.kind === "escalation");
    assert.ok(escalation?.states.kind === "escalation" && escalation.states.text.length === 3000);
    assert.ok(report.statements.length < 10_000);
    const wire = fromReport(report, { issuer: ISSUER });
    assert.deepEqual(wire.document, document);
    assert.deepEqual(wire.files[0]?.description, withoutIds(details));
    assert.deepEqual(wire.omissions, []);
  });
});

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

describe("a report that did not come from the wire", () => {
  it("loses nothing in silence: what the documents do not say is listed", () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const validation = validateReport(report, Number.MAX_SAFE_INTEGER);
        assert.ok(validation.ok, JSON.stringify(validation));
        const wire = fromReport(report, { issuer: ISSUER });
        const listed = (pointer: string): boolean =>
          wire.omissions.some((each) => pointer === each.pointer || pointer.startsWith(`${each.pointer}/`));
        const again = takeAgain(wire);
        const said = new Set(factsOf(again).map(({ says }) => says));
        for (const { pointer, says } of factsOf(report)) {
          assert.ok(said.has(says) || listed(pointer), `${pointer}: ${says}`);
        }
        for (const [index, { text }] of report.statements.entries()) {
          const kept = JSON.stringify(again).includes(text);
          assert.ok(kept || listed(`/statements/${String(index)}`), text);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is written as documents that fit the schema", () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const wire = fromReport(report, { issuer: ISSUER });
        const timeless = wire.omissions.some(
          ({ pointer, kind }) => pointer === "/incident/occurred" && kind === "lost",
        );
        if (timeless) assert.throws(() => encodeReport(wire.document), CyberTiplineError);
        else encodeReport(wire.document);
        for (const { description } of wire.files) {
          if (description !== undefined) encodeFileDetails(describeFile(description, number("1"), "b0"));
        }
      }),
    );
  });

  it("puts no words into the sender's mouth: another's claim is not written", () => {
    const report = take(SMALLEST, [{}]);
    const about = { kind: "evidence", id: evidenceId(0) } as const;
    const flag = (name: string): Report["claims"][number] => ({
      about,
      source: { kind: "sender", name },
      states: { kind: "flag", flag: "viewed-in-full", value: true },
    });
    const wire = fromReport(
      { ...report, claims: [flag("Somebody Else"), flag(SENDER.name)] },
      { issuer: ISSUER },
    );
    assert.deepEqual(wire.files[0]?.description, { fileViewedByEsp: true });
    assert.deepEqual(
      wire.omissions.map(({ pointer, kind }) => [pointer, kind]),
      [["/claims/0", "lost"]],
    );
  });

  it("sends no file of which there are no bytes, and not the document of a wire, and lists both", () => {
    const report = take(SMALLEST, [{ fileName: "boat.jpg" }, {}, {}]);
    const [sent, described, document] = report.evidence;
    assert.ok(sent && described && document);
    const { received: _received, ...undelivered } = described;
    const evidence: Report["evidence"] = [sent, undelivered, { ...document, kind: "wire-document" }];
    const wire = fromReport({ ...report, evidence }, { issuer: ISSUER });
    assert.deepEqual(wire.files, [{ evidenceId: evidenceId(0), fileName: "boat.jpg" }]);
    assert.deepEqual(
      wire.omissions.map(({ pointer, kind }) => [pointer, kind]),
      [
        ["/evidence/1", "lost"],
        ["/evidence/2", "lost"],
      ],
    );
  });

  it("names no prior report by the digits of another issuer's number", () => {
    const report = take({ ...SMALLEST, victim: [{ victimPerson: {}, priorCTReports: [number("4564654")] }] });
    assert.deepEqual(fromReport(report, { issuer: ISSUER }).document.victim?.[0]?.priorCTReports, [
      "4564654",
    ]);
    const wire = fromReport(report, { issuer: "NCMEC test" });
    assert.equal(wire.document.victim?.[0]?.priorCTReports, undefined);
    assert.deepEqual(
      wire.omissions.map(({ pointer }) => pointer),
      ["/references/1"],
    );
  });

  it("does not follow statements that contradict it, and lists them", () => {
    const report = take(SMALLEST);
    const forged: Report["statements"] = [
      { topic: "wire", text: "boats", path: "/report/incidentSummary/incidentType" },
      { topic: "wire", text: "x", path: "/report/__proto__/polluted" },
      { topic: "wire", text: "[[1]]", path: "/report" },
      { topic: "wire", text: '[["/report/incidentSummary",null]]', path: "/report" },
    ];
    const wire = fromReport({ ...report, statements: [...report.statements, ...forged] }, { issuer: ISSUER });
    assert.deepEqual(wire.document, SMALLEST);
    assert.deepEqual(
      new Set(wire.omissions.map(({ pointer }) => pointer)),
      new Set(["/statements/0", "/statements/1", "/statements/2", "/statements/3"]),
    );
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  });
});
