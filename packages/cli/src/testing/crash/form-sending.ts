import { createHash } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import { UK_ITEM_IDS, ukFromReport } from "@fairlead/report/uk-direct";
import { parseVerifyingKey, verifyStatement } from "@fairlead/sealing";
import { z } from "zod";
import { verifyReceiptOf } from "./receipts.ts";
import { postForm, reportOf, withIds } from "./report-form.ts";
import type { Place } from "./place.ts";
import { type FileSizes, filesOf, type Sending, unanswered } from "./sending.ts";

/** A report by the report door, as a platform's own system hands it in. */
export function reportSending(place: Place, mark: string, sizes: FileSizes): Sending {
  const files = withIds(filesOf(mark, sizes));
  const fields = { report: reportOf(mark, files) };
  const receiptIn = (answer: Record<string, unknown>) => answer["receipt"];
  return {
    mark,
    files,
    attempt: () =>
      postForm(place, "/door/reports", { reference: mark, fields, files, receiptIn }).catch(unanswered),
    checkReceipt: (receipt) => verifyReceiptOf(place, receipt, mark, files),
  };
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** What a provider reads of a UK direct receipt; station/src/uk-direct/wire.ts makes it. */
const ukReceiptType = {
  name: "uk-direct-receipt",
  version: 1,
  schema: z.object({
    theirs: z.string(),
    documentSha256: sha256,
    files: z.array(z.object({ id: z.string(), sha256 })),
  }),
};

/** A UK direct report, as a provider's own system makes it. */
export function ukSending(place: Place, mark: string, sizes: FileSizes): Sending {
  const files = withIds(filesOf(mark, sizes));
  const { document } = ukFromReport(reportOf(mark, files), {
    madeAt: Date.now(),
    priority: { level: "P3" },
    reporter: { firstName: "Ada", lastName: "Example", email: "ada@example.com" },
    notHeld: Object.fromEntries(UK_ITEM_IDS.map((id) => [id, {}])),
    declaration: true,
    reference: { issuer: "Example Platform", value: mark },
  });
  const form = {
    reference: mark,
    fields: { report: document },
    files,
    receiptIn: (answer: object) => answer,
  };
  return {
    mark,
    files,
    attempt: () => postForm(place, "/door/uk-direct/reports", form).catch(unanswered),
    checkReceipt(receipt) {
      const keys = [parseVerifyingKey(place.card.verifyKey)];
      const { body } = verifyStatement(receipt, keys, ukReceiptType);
      const digest = createHash("sha256").update(canonicalJson(document)).digest("hex");
      if (body.theirs !== mark || body.documentSha256 !== digest)
        throw new Error("the receipt is for another document");
      const theirs = new Map(body.files.map((file) => [file.id, file.sha256]));
      if (files.some((file) => theirs.get(file.id) !== file.sha256))
        throw new Error("the receipt is for other files");
    },
  };
}
