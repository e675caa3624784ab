import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CyberTiplineReport } from "../document/report.ts";
import {
  STRICT,
  LENIENT,
  REPORT,
  REPORTED,
  REPORTER,
  broken,
  withDetails,
  withReported,
  withReporter,
} from "../testing/good-report.ts";

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
