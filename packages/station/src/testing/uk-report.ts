import { createHash, randomUUID } from "node:crypto";
import { UK_ITEM_IDS, type UkChoices, ukFromReport, type UkReport } from "@fairlead/report/uk-direct";
import type { Report } from "@fairlead/report";
import { formOf, type TestFile, type TestSender, testReport } from "./report.ts";
import type { TestStation } from "./station.ts";

/** What a person says at the form so that every rule is content: everything was looked for. */
export function whatAPersonSays(parts: Partial<UkChoices> = {}): UkChoices {
  return {
    madeAt: Date.now(),
    priority: { level: "P3" },
    reporter: { firstName: "Ada", lastName: "Example", email: "ada@example.com" },
    notHeld: Object.fromEntries(UK_ITEM_IDS.map((id) => [id, {}])),
    declaration: true,
    ...parts,
  };
}

/** A UK direct report as a provider's own system makes it. */
export function testUkReport(
  files: readonly TestFile[],
  choices: Partial<UkChoices> = {},
  parts: Partial<Report> = {},
): UkReport {
  const reference = { issuer: "Example Platform", value: `case-${randomUUID()}` };
  return ukFromReport(testReport(files, parts), whatAPersonSays({ reference, ...choices })).document;
}

/** How a provider's own system uses the door. */
export function ukSender(at: TestStation, sender: Pick<TestSender, "authorization">) {
  const headers = { authorization: sender.authorization };
  return {
    make: async (document: unknown, files: readonly TestFile[] = []) =>
      await fetch(`${at.url}/door/uk-direct/reports`, {
        method: "POST",
        headers,
        body: formOf(document, files),
      }),
    lookUp: async (number: string) =>
      await fetch(`${at.url}/door/uk-direct/receipts?reference=${encodeURIComponent(number)}`, { headers }),
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
