import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Problem } from "../problem.ts";
import {
  decodeFileDetails,
  decodeReport,
  decodeReportDoneResponse,
  decodeReportResponse,
} from "./documents.ts";

const TYPE = "<incidentType>Misleading Domain Name</incidentType>";
const TIME = "<incidentDateTime>2026-01-01T00:00:00Z</incidentDateTime>";
const REPORTER = "<reporter><reportingPerson/></reporter>";

function report(summary = TYPE + TIME, rest = REPORTER): string {
  return `<report><incidentSummary>${summary}</incidentSummary>${rest}</report>`;
}

function problems(
  xml: string,
  decode: (xml: string) => ReturnType<typeof decodeReport | typeof decodeFileDetails> = decodeReport,
): readonly Problem[] {
  const decoded = decode(xml);
  return decoded.ok ? [] : decoded.problems;
}

/** The key that schema validators use, and where. */
function faults(xml: string, decode?: Parameters<typeof problems>[1]): readonly string[] {
  return problems(xml, decode).map(
    ({ text = "", path }) => `${/- (cvc-[^:]*):/.exec(text)?.[1] ?? ""} ${path}`,
  );
}

describe("reading a document", () => {
  it("takes the smallest report, and leaves out what was not sent", () => {
    const decoded = decodeReport(report());
    assert.ok(decoded.ok);
    assert.deepEqual(decoded.value, {
      incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
      reporter: { reportingPerson: {} },
    });
  });

  it("says where every element of a good document stood", () => {
    const decoded = decodeReport(
      report(TYPE + TIME, `${REPORTER}\n<victim><victimPerson/><displayName>a</displayName></victim>`),
    );
    assert.ok(decoded.ok);
    assert.deepEqual(decoded.places.get("/report/victim[1]/displayName[1]"), { line: 2, column: 24 });
    assert.deepEqual(decoded.places.get("/report"), { line: 1, column: 1 });
  });

  it("ignores the schema that a sender names on the root, and prefixes that it declares but does not use", () => {
    const hint =
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
      'xsi:noNamespaceSchemaLocation="https://report.cybertip.org/ispws/xsd"';
    assert.deepEqual(problems(report().replace("<report>", `<report ${hint}>`)), []);
  });

  it("refuses other ways to steer a schema validator", () => {
    const steer = (attribute: string): string =>
      report().replace(
        "<report>",
        `<report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ${attribute}>`,
      );
    for (const attribute of [
      'xsi:nil="true"',
      'xsi:type="fileDetails"',
      'xsi:schemaLocation="a b"',
      'xml:lang="en"',
    ]) {
      assert.deepEqual(faults(steer(attribute)), [
        `cvc-complex-type.3.2.2 /report/@${attribute.split("=")[0] ?? ""}`,
      ]);
    }
    const inner = report(
      `${TYPE}<platform xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="a">x</platform>${TIME}`,
    );
    assert.deepEqual(faults(inner), [
      "cvc-type.3.1.1 /report/incidentSummary/platform/@xsi:noNamespaceSchemaLocation",
    ]);
  });

  it("takes annotations in any order, empty or true, and an empty group of them", () => {
    const annotated = (inside: string): string =>
      report(`${TYPE}<reportAnnotations>${inside}</reportAnnotations>${TIME}`);
    const decoded = decodeReport(annotated("<spam/> <sextortion>true</sextortion>"));
    assert.ok(decoded.ok);
    assert.deepEqual(decoded.value.incidentSummary.reportAnnotations, { spam: true, sextortion: true });
    assert.deepEqual(problems(annotated("")), []);
    assert.deepEqual(faults(annotated("<spam>false</spam>")), [
      "cvc-elt.5.2.2.2.2 /report/incidentSummary/reportAnnotations/spam",
    ]);
    assert.deepEqual(faults(annotated("<spam/><spam/>")), [
      "cvc-complex-type.2.4.a /report/incidentSummary/reportAnnotations/spam",
    ]);
  });

  it("reads NCMEC's own answers: an empty list of files, an error without a report, a code nobody knows", () => {
    const prolog = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
    const done = decodeReportDoneResponse(
      `${prolog}<reportDoneResponse><responseCode>0</responseCode><reportId>4564654</reportId><files/></reportDoneResponse>`,
    );
    assert.ok(done.ok);
    assert.deepEqual(done.value, { responseCode: 0, reportId: "4564654", files: {} });
    const error = decodeReportResponse(
      `${prolog}<reportResponse><responseCode>4711</responseCode><responseDescription>Anything</responseDescription></reportResponse>`,
    );
    assert.ok(error.ok);
    assert.deepEqual(error.value, { responseCode: 4711, responseDescription: "Anything" });
  });

  it("never sets a property that the schema does not know", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      assert.equal(problems(report(`${TYPE}<${name}>x</${name}>${TIME}`)).length, 1);
      assert.equal(problems(report().replace("<report>", `<report ${name}="x">`)).length, 1);
    }
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
  });
});

describe("naming what is wrong", () => {
  it("says line, column, the validators' key, what may stand there and what to do", () => {
    const [problem] = problems(
      "<fileDetails>\n <reportId>1</reportId>\n <fileId>b0</fileId>\n <ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>\n" +
        " <ipCaptureEvent><ipAddress>192.0.2.2</ipAddress></ipCaptureEvent>\n</fileDetails>",
      decodeFileDetails,
    );
    assert.deepEqual(problem, {
      code: "schema.unexpected-element",
      path: "/fileDetails/ipCaptureEvent",
      line: 5,
      column: 2,
      message: "'ipCaptureEvent' cannot stand here in 'fileDetails': it may be sent only once.",
      remedy: "Here may stand: deviceId, details, additionalInfo.",
      text:
        "[5,2] - cvc-complex-type.2.4.a: /fileDetails/ipCaptureEvent: 'ipCaptureEvent' cannot stand here in 'fileDetails': " +
        "it may be sent only once. Here may stand: deviceId, details, additionalInfo.",
    });
  });

  const cases: readonly (readonly [what: string, xml: string, expected: readonly string[]])[] = [
    ["another root", "<raport/>", ["cvc-elt.1.a /raport"]],
    [
      "a root in a namespace",
      report().replace("<report>", '<report xmlns="urn:x">'),
      ["cvc-elt.1.a /report"],
    ],
    ["an empty report", "<report/>", ["cvc-complex-type.2.4.b /report"]],
    [
      "an unknown element",
      report(`${TYPE}<bogus/>${TIME}`),
      ["cvc-complex-type.2.4.a /report/incidentSummary/bogus"],
    ],
    [
      "an element in a namespace",
      report(`${TYPE}<platform xmlns="urn:x">x</platform>${TIME}`),
      ["cvc-complex-type.2.4.a /report/incidentSummary/platform"],
    ],
    [
      "two elements in the wrong order, once",
      report(TIME + TYPE),
      ["cvc-complex-type.2.4.a /report/incidentSummary/incidentDateTime"],
    ],
    [
      "a missing element before another",
      report(TIME),
      ["cvc-complex-type.2.4.a /report/incidentSummary/incidentDateTime"],
    ],
    ["a missing element at the end", report(TYPE), ["cvc-complex-type.2.4.b /report/incidentSummary"]],
    [
      "an element behind the last",
      report(TYPE + TIME, `${REPORTER}<additionalInfo/><victim/>`),
      ["cvc-complex-type.2.4.d /report/victim"],
    ],
    [
      "repeated elements that are not together",
      report(
        TYPE + TIME,
        `${REPORTER}<victim><victimPerson/><displayName/><profileBio/><displayName/></victim>`,
      ),
      ["cvc-complex-type.2.4.a /report/victim[1]/displayName"],
    ],
    ["text between elements", report(`x${TYPE}${TIME}`), ["cvc-complex-type.2.3 /report/incidentSummary"]],
    [
      "an element inside a text",
      report(`${TYPE}<platform>a<b/></platform>${TIME}`),
      ["cvc-type.3.1.2 /report/incidentSummary/platform/b"],
    ],
    [
      "text in an element that is empty",
      report().replace(
        "<incidentSummary>",
        '<batchedReport reason="VIRAL_POTENTIAL_MEME"> </batchedReport><incidentSummary>',
      ),
      ["cvc-complex-type.2.1 /report/batchedReport"],
    ],
    [
      "a missing attribute",
      report().replace("<incidentSummary>", "<batchedReport/><incidentSummary>"),
      ["cvc-complex-type.4 /report/batchedReport/@reason"],
    ],
    [
      "an attribute where there is none",
      report(`${TYPE}<platform lang="en">x</platform>${TIME}`),
      ["cvc-type.3.1.1 /report/incidentSummary/platform/@lang"],
    ],
    [
      "a wrong value",
      report(TYPE + TIME.replace("Z", "z")),
      ["cvc-datatype-valid.1.2.1 /report/incidentSummary/incidentDateTime"],
    ],
    [
      "no kind of incident",
      report(TYPE + TIME, `<internetDetails/>${REPORTER}`),
      ["cvc-complex-type.2.4.b /report/internetDetails[1]"],
    ],
    [
      "two kinds of incident",
      report(
        TYPE + TIME,
        `<internetDetails><chatImIncident/><webPageIncident/></internetDetails>${REPORTER}`,
      ),
      ["cvc-complex-type.2.4.d /report/internetDetails[1]/webPageIncident"],
    ],
    [
      "the attribute name that the documentation prints",
      report(
        TYPE + TIME,
        `${REPORTER}<victim><victimPerson/><associatedAccount accountType="Billing"/></victim>`,
      ),
      [
        "cvc-complex-type.4 /report/victim[1]/associatedAccount[1]/@type",
        "cvc-complex-type.3.2.2 /report/victim[1]/associatedAccount[1]/@accountType",
      ],
    ],
  ];
  for (const [what, xml, expected] of cases) {
    it(`names ${what}`, () => {
      assert.deepEqual(faults(xml), expected);
    });
  }

  const file = (inside: string): string =>
    `<fileDetails><reportId>1</reportId><fileId>b0</fileId>${inside}</fileDetails>`;

  it("refuses the documents that other clients were seen to send", () => {
    assert.deepEqual(
      faults(
        file("<fileRelevance>Reported</fileRelevance><fileViewedByEsp>true</fileViewedByEsp>"),
        decodeFileDetails,
      ),
      ["cvc-complex-type.2.4.a /fileDetails/fileViewedByEsp"],
    );
    assert.deepEqual(
      faults(
        file(
          "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent><industryClassification>A1</industryClassification>",
        ),
        decodeFileDetails,
      ),
      ["cvc-complex-type.2.4.a /fileDetails/industryClassification"],
    );
    assert.equal(problems(report(`${TYPE}<platform>a & b</platform>${TIME}`))[0]?.code, "xml.malformed");
  });

  it("refuses the legacy flag and the annotations together", () => {
    assert.deepEqual(
      faults(file("<potentialMeme>false</potentialMeme><fileAnnotations/>"), decodeFileDetails),
      ["cvc-complex-type.2.4.a /fileDetails/fileAnnotations"],
    );
  });

  it("cuts names that nobody would read to the end", () => {
    const long = "x".repeat(1_000_000);
    for (const xml of [
      `<${long}/>`,
      report(`<${long}/>`),
      report().replace("<report>", `<report ${long}="">`),
    ]) {
      for (const problem of problems(xml)) assert.ok(JSON.stringify(problem).length < 1500);
    }
  });

  it("gives up counting after a hundred problems", () => {
    assert.equal(problems(report(`${TYPE}${"<x/>".repeat(50_000)}${TIME}`)).length, 100);
    const victims = `<victim>${"<displayName a='1'/>".repeat(300)}</victim>`;
    assert.equal(problems(report(TYPE + TIME, REPORTER + victims)).length, 100);
  });
});
