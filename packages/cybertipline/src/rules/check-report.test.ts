import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeReport, encodeReport } from "../codec/documents.ts";
import type { AssociatedAccount } from "../document/people.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { MAXIMAL_REPORT } from "../testing/maximal.ts";
import {
  STRICT,
  LENIENT,
  REPORT,
  REPORTED,
  REPORTER,
  broken,
  withReported,
  withReporter,
} from "../testing/good-report.ts";
import { checkReport } from "./check-report.ts";

describe("a good report", () => {
  it("breaks no rule, be it the smallest or one that uses every element", () => {
    assert.deepEqual(broken(REPORT), []);
    const { batchedReport: _, ...unbatched } = MAXIMAL_REPORT;
    // The maximal report shows off what the schema takes; these four are what strict refuses of it.
    assert.deepEqual(broken(unbatched), [
      "rule.url /report/internetDetails[1]/webPageIncident/url[1]",
      "rule.age-and-birth /report/personOrUserReported[1]/associatedAccount[1]/approximateAge",
      "rule.age-and-birth /report/victim[1]/associatedAccount[1]/approximateAge",
      "rule.repeated /report/intendedRecipient[1]/additionalInfo[2]",
    ]);
  });
});

describe("lengths", () => {
  it("are counted in characters, not in bytes or UTF-16 units", () => {
    const named = (firstName: string): CyberTiplineReport => withReporter({ firstName });
    assert.deepEqual(broken(named("🌊".repeat(100))), []);
    assert.deepEqual(broken(named("a".repeat(100))), []);
    assert.deepEqual(broken(named("a".repeat(101))), [`rule.length ${REPORTER}/firstName`]);
    assert.deepEqual(broken(named("🌊".repeat(101))), [`rule.length ${REPORTER}/firstName`]);
  });

  it("are those of the reference, also for attributes and for text with attributes", () => {
    const url = `https://example.com/${"a".repeat(2083 - 20)}`;
    const cases: readonly (readonly [CyberTiplineReport, string | undefined])[] = [
      [
        { ...REPORT, incidentSummary: { ...REPORT.incidentSummary, platform: "a".repeat(257) } },
        "/report/incidentSummary/platform",
      ],
      [
        {
          ...REPORT,
          incidentSummary: { ...REPORT.incidentSummary, escalateToHighPriority: "a".repeat(3001) },
        },
        "/report/incidentSummary/escalateToHighPriority",
      ],
      [withReporter({ phone: [{ value: "1".repeat(51) }] }), `${REPORTER}/phone[1]`],
      [
        withReporter({ phone: [{ value: "1", extension: "1".repeat(11) }] }),
        `${REPORTER}/phone[1]/@extension`,
      ],
      [withReporter({ address: [{ zipCode: "1".repeat(21) }] }), `${REPORTER}/address[1]/zipCode`],
      [withReported({ profileUrl: [url, `${url}a`] }), `${REPORTED}/profileUrl[2]`],
      [withReported({ espService: "a".repeat(101) }), `${REPORTED}/espService`],
      [withReported({ vehicleDescription: "a".repeat(301) }), `${REPORTED}/vehicleDescription`],
      [withReported({ associatedAccount: [{ type: "Linked", espService: "a".repeat(256) }] }), undefined],
      [
        withReported({ associatedAccount: [{ type: "Linked", platform: { value: "a".repeat(257) } }] }),
        `${REPORTED}/associatedAccount[1]/platform`,
      ],
      [
        withReported({ deviceId: [{ idType: "a".repeat(256), idValue: "a" }] }),
        `${REPORTED}/deviceId[1]/idType`,
      ],
      [withReported({ profileBio: "a".repeat(100_000) }), undefined],
    ];
    for (const [report, path] of cases) {
      assert.deepEqual(broken(report, LENIENT), path === undefined ? [] : [`rule.length ${path}`]);
    }
  });

  it("are at least one character where a value must not be blank", () => {
    const summary = { ...REPORT.incidentSummary, escalateToHighPriority: " \n" };
    assert.deepEqual(broken({ ...REPORT, incidentSummary: summary }), [
      "rule.blank /report/incidentSummary/escalateToHighPriority",
    ]);
    assert.deepEqual(broken(withReported({ deviceId: [{ idType: "", idValue: "\t" }] })), [
      `rule.blank ${REPORTED}/deviceId[1]/idType`,
      `rule.blank ${REPORTED}/deviceId[1]/idValue`,
    ]);
    assert.deepEqual(broken(withReported({ ipCaptureEvent: [{ ipAddress: " " }] })), [
      `rule.blank ${REPORTED}/ipCaptureEvent[1]/ipAddress`,
    ]);
  });
});

describe("times", () => {
  const at = (incidentDateTime: string): CyberTiplineReport => ({
    ...REPORT,
    incidentSummary: { ...REPORT.incidentSummary, incidentDateTime },
  });
  const path = "/report/incidentSummary/incidentDateTime";

  it("must name their zone, in both modes", () => {
    for (const options of [STRICT, LENIENT]) {
      assert.deepEqual(broken(at("2026-01-01T00:00:00"), options), [`rule.zone ${path}`]);
    }
  });

  it("must not lie in the future, whatever their zone, to the millisecond", () => {
    assert.deepEqual(broken(at("2026-03-01T12:00:00.5Z")), []);
    assert.deepEqual(broken(at("2026-03-01T12:00:00.500999999Z")), []);
    assert.deepEqual(broken(at("2026-03-01T12:00:00.501Z")), [`rule.past ${path}`]);
    assert.deepEqual(broken(at("2026-03-01T13:00:00+01:00")), []);
    assert.deepEqual(broken(at("2026-03-01T12:00:00-01:00")), [`rule.past ${path}`]);
  });

  it("may lie in the future for the day an account comes back, and for nothing else", () => {
    const future = "2030-01-01T00:00:00Z";
    const disabled = { value: true, disabledDate: "2026-01-01T00:00:00Z" };
    assert.deepEqual(
      broken(withReported({ accountTemporarilyDisabled: { ...disabled, reenabledDate: future } })),
      [],
    );
    assert.deepEqual(
      broken(
        withReported({
          ipCaptureEvent: [{ ipAddress: "192.0.2.1", dateTime: future }],
          deviceId: [{ idType: "a", idValue: "b", dateTime: future }],
          accountPermanentlyDisabled: { value: true, disabledDate: future },
          estimatedLocation: { countryCode: "GB", timestamp: future },
          personOrUserReportedPerson: {
            email: [{ value: "a@example.com", verified: true, verificationDate: future }],
          },
        }),
      ).map((each) => each.split(" ")[0]),
      Array.from({ length: 5 }, () => "rule.past"),
    );
  });

  it("are dates in the past for births, by the clock of where the day begins first", () => {
    const born = (dateOfBirth: string): CyberTiplineReport => withReporter({ dateOfBirth });
    assert.deepEqual(broken(born("2026-03-02")), []);
    assert.deepEqual(broken(born("2026-03-03")), [`rule.past ${REPORTER}/dateOfBirth`]);
    assert.deepEqual(broken(born("2026-03-02Z")), [`rule.past ${REPORTER}/dateOfBirth`]);
  });

  it("of a disabled account come in a possible order", () => {
    const state = (dates: object): readonly string[] =>
      broken(
        withReported({
          accountTemporarilyDisabled: { value: true, disabledDate: "2026-02-01T00:00:00Z", ...dates },
        }),
      );
    const disabled = `${REPORTED}/accountTemporarilyDisabled`;
    assert.deepEqual(
      state({ userNotifiedDate: "2026-02-01T00:00:00Z", reenabledDate: "2026-02-01T00:00:01Z" }),
      [],
    );
    assert.deepEqual(state({ userNotifiedDate: "2026-01-31T00:00:00Z" }), [
      `rule.date-order ${disabled}/@userNotifiedDate`,
    ]);
    assert.deepEqual(state({ reenabledDate: "2026-02-01T00:00:00Z" }), [
      `rule.date-order ${disabled}/@reenabledDate`,
    ]);
    const account: AssociatedAccount = {
      type: "Linked",
      accountPermanentlyDisabled: {
        value: true,
        disabledDate: "2026-02-01T00:00:00Z",
        userNotifiedDate: "2026-01-01T00:00:00Z",
      },
    };
    assert.deepEqual(broken(withReported({ associatedAccount: [account] })), [
      `rule.date-order ${REPORTED}/associatedAccount[1]/accountPermanentlyDisabled/@userNotifiedDate`,
    ]);
  });
});

describe("a broken rule", () => {
  it("says line and column of the element, or of the nearest one around what is missing", () => {
    const xml = encodeReport({
      ...REPORT,
      reporter: { reportingPerson: {} },
      victim: [{ victimPerson: { phone: [{ value: "1", extension: "12345678901" }] } }],
    });
    const decoded = decodeReport(xml);
    assert.ok(decoded.ok);
    const problems = checkReport(decoded.value, { ...STRICT, places: decoded.places });
    const lines = xml.split("\n");
    assert.deepEqual(
      problems.map(({ path, line = 0, column = 0 }) => [
        path,
        lines[line - 1]?.slice(column - 1, column + 5),
      ]),
      [
        ["/report/victim[1]/victimPerson/phone[1]/@extension", "<phone"],
        [`${REPORTER}/email`, "<repor"],
      ],
    );
  });

  it("comes with a message and a remedy, and never more than a hundred times", () => {
    const displayName = Array.from({ length: 500 }, () => "a".repeat(256));
    const problems = checkReport(withReported({ displayName }), STRICT);
    assert.equal(problems.length, 100);
    assert.ok(problems.every(({ message, remedy }) => message.endsWith(".") && remedy.endsWith(".")));
  });
});
