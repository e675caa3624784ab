import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Email, Phone } from "../document/common.ts";
import type { IntendedRecipient, Victim } from "../document/people.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import {
  STRICT,
  LENIENT,
  REPORT,
  REPORTED,
  REPORTER,
  broken,
  number,
  withDetails,
  withReported,
  withReporter,
} from "../testing/good-report.ts";
import { priorReports } from "./people.ts";

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
