import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeReport, encodeReport } from "../codec/documents.ts";
import type { Email, Person, Phone } from "../document/common.ts";
import type { InternetDetails } from "../document/incident.ts";
import type {
  AssociatedAccount,
  IntendedRecipient,
  PersonOrUserReported,
  Victim,
} from "../document/people.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { type ReportNumber, parseReportNumber } from "../document/scalars.ts";
import { MAXIMAL_REPORT } from "../testing/maximal.ts";
import { checkReport } from "./check-report.ts";
import type { ReportRuleOptions } from "./options.ts";
import { priorReports } from "./people.ts";

const NOW = new Date("2026-03-01T12:00:00.500Z");
const STRICT: ReportRuleOptions = { mode: "strict", now: NOW };
const LENIENT: ReportRuleOptions = { mode: "lenient", now: NOW };

const REPORT: CyberTiplineReport = {
  incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
  reporter: { reportingPerson: { email: [{ value: "safety@example.com" }] } },
};

function number(text: string): ReportNumber {
  const parsed = parseReportNumber(text);
  assert.ok(parsed);
  return parsed;
}

function broken(report: CyberTiplineReport, options: ReportRuleOptions = STRICT): readonly string[] {
  // What cannot be encoded breaks the schema, not a rule: then the test itself would be wrong.
  encodeReport(report);
  return checkReport(report, options).map(({ code, path }) => `${code} ${path}`);
}

function withReported(user: PersonOrUserReported): CyberTiplineReport {
  return { ...REPORT, personOrUserReported: [user] };
}

function withReporter(reportingPerson: Person): CyberTiplineReport {
  const email = reportingPerson.email ?? REPORT.reporter.reportingPerson.email ?? [];
  return { ...REPORT, reporter: { reportingPerson: { ...reportingPerson, email } } };
}

function withDetails(...internetDetails: readonly InternetDetails[]): CyberTiplineReport {
  return { ...REPORT, internetDetails };
}

const REPORTER = "/report/reporter/reportingPerson";
const REPORTED = "/report/personOrUserReported[1]";

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

describe("contacts", () => {
  it("give the calling code once", () => {
    const phone = (each: Phone): readonly string[] => broken(withReporter({ phone: [each] }));
    assert.deepEqual(phone({ value: "01632 960123", countryCallingCode: "+44" }), []);
    assert.deepEqual(phone({ value: "+441632960123" }), []);
    assert.deepEqual(phone({ value: "7012345678", countryCallingCode: "+7" }), []);
    for (const value of ["+44 1632 960123", "00441632960123", " +441632960123"]) {
      assert.deepEqual(
        phone({ value, countryCallingCode: "+44" }),
        [`rule.phone ${REPORTER}/phone[1]`],
        value,
      );
    }
  });

  it("that carry a date of verification say that they were verified", () => {
    const verificationDate = "2026-01-01T00:00:00Z";
    const email = (each: Partial<Email>): readonly string[] =>
      broken(withReporter({ email: [{ value: "a@example.com", ...each }] }));
    assert.deepEqual(email({ verified: true, verificationDate }), []);
    assert.deepEqual(email({ verified: true }), []);
    assert.deepEqual(email({ verified: false, verificationDate }), [
      `rule.verification ${REPORTER}/email[1]/@verified`,
    ]);
    assert.deepEqual(email({ verificationDate }), [`rule.verification ${REPORTER}/email[1]/@verified`]);
    assert.deepEqual(
      broken(withDetails({ cellPhoneIncident: { phoneNumber: { value: "1", verificationDate } } })),
      ["rule.verification /report/internetDetails[1]/cellPhoneIncident/phoneNumber/@verified"],
    );
  });

  it("are checked wherever they stand", () => {
    const email = [{ value: "a@example.com", verificationDate: "2026-01-01T00:00:00Z" }];
    const report: CyberTiplineReport = {
      ...REPORT,
      lawEnforcement: { agencyName: "a", officerContact: { email } },
      reporter: { ...REPORT.reporter, contactPerson: { email } },
      personOrUserReported: [{ associatedAccount: [{ type: "Other", email }] }],
      intendedRecipient: [{ intendedRecipientPerson: { email } }],
      victim: [{ victimPerson: { email } }],
    };
    assert.deepEqual(
      broken(report)
        .map((each) => each.replace("rule.verification /report/", ""))
        .sort(),
      [
        "intendedRecipient[1]/intendedRecipientPerson/email[1]/@verified",
        "lawEnforcement/officerContact/email[1]/@verified",
        "personOrUserReported[1]/associatedAccount[1]/email[1]/@verified",
        "reporter/contactPerson/email[1]/@verified",
        "victim[1]/victimPerson/email[1]/@verified",
      ],
    );
  });

  it("include one e-mail address of the reporter, if strict", () => {
    const silent: CyberTiplineReport = { ...REPORT, reporter: { reportingPerson: {} } };
    assert.deepEqual(broken(silent), [`rule.reporter-email ${REPORTER}/email`]);
    assert.deepEqual(broken(silent, LENIENT), []);
  });

  it("are e-mail addresses by form", () => {
    assert.deepEqual(broken(withReporter({ email: [{ value: "nobody" }] })), [
      `rule.email ${REPORTER}/email[1]`,
    ]);
  });
});

describe("places", () => {
  const location = (estimatedLocation: object, options = STRICT): readonly string[] =>
    broken(withReported({ estimatedLocation }), options).map((each) =>
      each.replace(`${REPORTED}/estimatedLocation/`, ""),
    );

  it("name their country", () => {
    assert.deepEqual(location({ countryCode: "GB", city: "Porthaven" }), []);
    assert.deepEqual(location({ city: "Porthaven" }), ["rule.location countryCode"]);
    assert.deepEqual(location({ countryCode: "" }), ["rule.location countryCode"]);
  });

  it("in the United States name a state by its code, at the latest with a city", () => {
    assert.deepEqual(location({ countryCode: "US" }), []);
    assert.deepEqual(location({ countryCode: "US", region: "NY", city: "Albany" }), []);
    assert.deepEqual(location({ countryCode: "US", city: "Albany" }), ["rule.location region"]);
    assert.deepEqual(location({ countryCode: "US", city: "Albany", region: " " }), ["rule.location region"]);
    assert.deepEqual(location({ countryCode: "US", region: "New York" }), ["rule.location region"]);
    assert.deepEqual(location({ countryCode: "CA", region: "Ontario" }), []);
  });

  it("are countries of ISO 3166-1, if strict", () => {
    const proxy = withReporter({ address: [{ country: "A1" }] });
    assert.deepEqual(broken(proxy), [`rule.country ${REPORTER}/address[1]/country`]);
    assert.deepEqual(broken(proxy, LENIENT), []);
    assert.deepEqual(broken(withReporter({ address: [{ country: "" }] })), []);
    const served = { agencyName: "a", servedLegalProcessInternational: { value: true, fleaCountry: "EU" } };
    assert.deepEqual(broken({ ...REPORT, lawEnforcement: served }), [
      "rule.country /report/lawEnforcement/servedLegalProcessInternational/@fleaCountry",
    ]);
  });

  it("have coordinates on Earth, if strict, and numbers in any case", () => {
    const phone = (latitude: string, longitude: string): CyberTiplineReport =>
      withDetails({ cellPhoneIncident: { latitude, longitude } });
    assert.deepEqual(broken(phone("-90", "180.0")), []);
    assert.equal(broken(phone("-123.456", "-180.1")).length, 2);
    assert.deepEqual(broken(phone("-123.456", "-180.1"), LENIENT), []);
    assert.equal(broken(phone("NaN", "INF"), LENIENT).length, 2);
  });
});

describe("addresses on the internet", () => {
  it("of an e-mail or newsgroup incident belong to someone in the report", () => {
    const emailAddress = [{ value: "Rowan@Example.org" }];
    const email = [{ value: "rowan@EXAMPLE.org" }];
    const incidents = withDetails(
      { emailIncident: { emailAddress } },
      { newsgroupIncident: { emailAddress } },
    );
    const unknown = [
      "rule.address-not-reported /report/internetDetails[1]/emailIncident/emailAddress[1]",
      "rule.address-not-reported /report/internetDetails[2]/newsgroupIncident/emailAddress[1]",
    ];
    assert.deepEqual(broken(incidents), unknown);
    const people: readonly Partial<CyberTiplineReport>[] = [
      { personOrUserReported: [{ personOrUserReportedPerson: { email } }] },
      { intendedRecipient: [{ intendedRecipientPerson: { email } }] },
      { victim: [{ victimPerson: { email } }] },
    ];
    for (const someone of people) assert.deepEqual(broken({ ...incidents, ...someone }), []);
    const accountOnly = {
      ...incidents,
      personOrUserReported: [{ associatedAccount: [{ type: "Other", email }] }],
    } as const;
    assert.deepEqual(broken(accountOnly), unknown);
    assert.deepEqual(broken(accountOnly, LENIENT), []);
  });

  it("are IP addresses by form", () => {
    const captured = (ipAddress: string): readonly string[] =>
      broken(withReported({ ipCaptureEvent: [{ ipAddress }] }));
    for (const good of ["192.0.2.1", "2001:db8::1", "2001:DB8:0:0:0:0:0:1", "::ffff:192.0.2.1"]) {
      assert.deepEqual(captured(good), [], good);
    }
    for (const bad of [
      "192.0.2",
      "192.0.2.256",
      "192.0.2.1:80",
      "192.0.2.0/24",
      "192.0.2.010",
      "2001:db8::1%eth0",
      "localhost",
      "1",
    ]) {
      assert.deepEqual(captured(bad), [`rule.ip-address ${REPORTED}/ipCaptureEvent[1]/ipAddress`], bad);
    }
  });

  it("are URLs without white space, and absolute ones if strict", () => {
    const page = (url: string): CyberTiplineReport => withDetails({ webPageIncident: { url: [url] } });
    const path = "rule.url /report/internetDetails[1]/webPageIncident/url[1]";
    assert.deepEqual(broken(page("https://example.com/a%20b?c=d#e")), []);
    assert.deepEqual(broken(page("bad1.example.com")), [path]);
    assert.deepEqual(broken(page("bad1.example.com"), LENIENT), []);
    for (const bad of ["https://example.com/a b", "https://example.com/\n", "https://example.com/\u0085"]) {
      assert.deepEqual(broken(page(bad), LENIENT), [path]);
    }
  });
});

describe("people", () => {
  it("who are reported are one, unless the report is a batch", () => {
    const two: CyberTiplineReport = {
      ...REPORT,
      personOrUserReported: [{ espIdentifier: "1" }, { espIdentifier: "2" }],
    };
    for (const options of [STRICT, LENIENT]) {
      assert.deepEqual(broken(two, options), ["rule.one-reported-person /report/personOrUserReported[2]"]);
    }
    assert.deepEqual(broken({ ...two, batchedReport: { reason: "VIRAL_POTENTIAL_MEME" } }), []);
  });

  it("who received have one additionalInfo, if strict", () => {
    const intendedRecipient: readonly IntendedRecipient[] = [{}, { additionalInfo: ["a", "b"] }];
    assert.deepEqual(broken({ ...REPORT, intendedRecipient }), [
      "rule.repeated /report/intendedRecipient[2]/additionalInfo[2]",
    ]);
    assert.deepEqual(broken({ ...REPORT, intendedRecipient }, LENIENT), []);
  });

  it("may have an age and a date of birth, but an associated account only one of them", () => {
    assert.deepEqual(broken(withReporter({ age: 34, dateOfBirth: "1991-05-06" })), []);
    const account = { type: "Linked", approximateAge: 34, dateOfBirth: "1991-05-06" } as const;
    for (const options of [STRICT, LENIENT]) {
      assert.deepEqual(broken(withReported({ associatedAccount: [account] }), options), [
        `rule.age-and-birth ${REPORTED}/associatedAccount[1]/approximateAge`,
      ]);
    }
  });

  it("have prior reports that exist, if anyone can tell", () => {
    const victim: readonly Victim[] = [
      {
        victimPerson: {},
        priorCTReports: [number("1"), number("2")],
        associatedAccount: [{ type: "Other", priorCTReport: [number("3")] }],
      },
    ];
    const report: CyberTiplineReport = {
      ...REPORT,
      personOrUserReported: [{ priorCTReports: [number("1")] }],
      intendedRecipient: [{ priorCTReports: [number("4")] }],
      victim,
    };
    assert.deepEqual(priorReports(report), ["1", "4", "2", "3"]);
    assert.deepEqual(broken(report), []);
    const knownReports = new Set([number("1"), number("4")]);
    assert.deepEqual(broken(report, { ...STRICT, knownReports }), [
      "rule.prior-report /report/victim[1]/priorCTReports[2]",
      "rule.prior-report /report/victim[1]/associatedAccount[1]/priorCTReport[1]",
    ]);
  });
});

describe("a batch", () => {
  const batch: CyberTiplineReport = {
    ...REPORT,
    batchedReport: { reason: "VIRAL_POTENTIAL_MEME" },
    personOrUserReported: [{ espIdentifier: "1" }, { espIdentifier: "2" }],
  };

  it("carries identifiers of users and nothing else of them", () => {
    assert.deepEqual(broken(batch), []);
    assert.deepEqual(
      broken({
        ...batch,
        personOrUserReported: [{ espIdentifier: "1", screenName: "a", displayName: ["b"] }, {}],
      }),
      [
        "rule.batched /report/personOrUserReported[1]/screenName",
        "rule.batched /report/personOrUserReported[1]/displayName",
        "rule.batched /report/personOrUserReported[2]",
      ],
    );
  });

  it("carries none of what tells one user's case from another's", () => {
    const forbidden: CyberTiplineReport = {
      ...batch,
      incidentSummary: { ...batch.incidentSummary, escalateToHighPriority: "a" },
      internetDetails: [{ chatImIncident: {} }],
      lawEnforcement: { agencyName: "a" },
      intendedRecipient: [{}],
      victim: [{ victimPerson: {} }],
      additionalInfo: "a",
    };
    assert.deepEqual(broken(forbidden), [
      "rule.batched /report/incidentSummary/escalateToHighPriority",
      "rule.batched /report/internetDetails",
      "rule.batched /report/lawEnforcement",
      "rule.batched /report/intendedRecipient",
      "rule.batched /report/victim",
      "rule.batched /report/additionalInfo",
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
