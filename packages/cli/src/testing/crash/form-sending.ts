import { createHash, randomUUID } from "node:crypto";
import { canonicalJson, type EvidenceId, type Report } from "@fairlead/report";
import { exampleFile, exampleReport } from "@fairlead/assessment/testing";
import { UK_ITEM_IDS, ukFromReport } from "@fairlead/report/uk-direct";
import { parseVerifyingKey, verifyStatement } from "@fairlead/sealing";
import { z } from "zod";
import { verifyReceiptOf } from "./receipts.ts";
import type { Place } from "./place.ts";
import {
  type Answer,
  type FileSizes,
  filesOf,
  GIVE_UP_MS,
  refused,
  type Sending,
  type SentFile,
  unanswered,
} from "./sending.ts";

/** A report by the report door, as a platform's own system hands it in. */
export function reportSending(place: Place, mark: string, sizes: FileSizes): Sending {
  const files = withIds(filesOf(mark, sizes));
  const report = reportOf(mark, files);
  return {
    mark,
    files,
    attempt: () => post(place, "/door/reports", mark, report, files, (answer) => answer["receipt"]),
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
  return {
    mark,
    files,
    attempt: () => post(place, "/door/uk-direct/reports", mark, document, files, (answer) => answer),
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

type NamedFile = SentFile & { readonly id: EvidenceId };

function withIds(files: readonly SentFile[]): NamedFile[] {
  return files.map((file) => ({ ...file, id: randomUUID() as EvidenceId }));
}

function reportOf(mark: string, files: readonly NamedFile[]): Report {
  return exampleReport({
    references: [{ kind: "this-report", issuer: "Example Platform", value: mark }],
    evidence: files.map(({ id, name }) => exampleFile({ id, name, received: undefined })),
  });
}

/** Connections are not kept, so that each sending is taken up anew. */
async function post(
  place: Place,
  path: string,
  reference: string,
  document: unknown,
  files: readonly NamedFile[],
  receiptIn: (answer: Record<string, unknown>) => unknown,
): Promise<Answer> {
  const form = new FormData();
  form.set("report", JSON.stringify(document));
  for (const { id, name, bytes } of files) form.append(id, new Blob([bytes]), name);
  try {
    const response = await fetch(place.base + path, {
      method: "POST",
      headers: { authorization: place.authorization, connection: "close" },
      body: form,
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
    const text = await response.text();
    if (!response.ok) return refused(response, text);
    const receipt = receiptIn(JSON.parse(text) as Record<string, unknown>);
    return { kind: "acknowledged", reference, receipt };
  } catch (error) {
    return unanswered(error);
  }
}
