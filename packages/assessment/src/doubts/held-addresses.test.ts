import assert from "node:assert/strict";
import { it } from "node:test";
import { exampleEvent, exampleFile, exampleReport, exampleSuspect, exampleVictim } from "../testing/index.ts";
import { heldAddresses } from "./held-addresses.ts";

const eventAt = (address: string) => exampleEvent({ ip: { raw: address, address } });

it("a report's addresses are listed once a person; a suspect's and those of uploads are what it compares", () => {
  const report = exampleReport({
    persons: [
      exampleSuspect({ events: ["192.0.2.1", "192.0.2.2", "192.0.2.1"].map(eventAt) }),
      exampleVictim({ events: [eventAt("192.0.2.2"), exampleEvent({ ip: undefined })] }),
    ],
    evidence: [
      exampleFile({ events: [eventAt("192.0.2.3")] }),
      exampleFile({ kind: "wire-document", events: [eventAt("192.0.2.4")] }),
    ],
  });
  assert.deepEqual(heldAddresses(report), [
    { person: "suspect-1", address: "192.0.2.1", compared: true },
    { person: "suspect-1", address: "192.0.2.2", compared: true },
    { person: "victim-1", address: "192.0.2.2", compared: false },
    { person: "", address: "192.0.2.3", compared: true },
  ]);
});
