import { randomBytes } from "node:crypto";
import {
  createClient,
  type CyberTiplineReport,
  fileReport,
  type FilingEntry,
  type FilingFile,
  type FilingJournal,
} from "@fairlead/cybertipline";
import { verifyReceiptOf } from "./receipts.ts";
import type { Place } from "./place.ts";
import { SENDER } from "./place.ts";
import { type Answer, type FileSizes, filesOf, GIVE_UP_MS, type Sending, unanswered } from "./sending.ts";

/** A report by the CyberTipline's wire, by the client that Fairlead gives to platforms, with the journal that it wants. */
export function tipSending(place: Place, mark: string, sizes: FileSizes): Sending {
  const files = filesOf(mark, sizes);
  const heard: { receipt: unknown } = { receipt: undefined };
  const client = createClient({
    base: `${place.base}/ispws`,
    environment: "test",
    username: SENDER,
    password: place.password,
    random: (count) => randomBytes(count),
    clock: Date.now,
    timeouts: { answerMs: GIVE_UP_MS, stallMs: GIVE_UP_MS },
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const receipt = response.headers.get("fairlead-receipt");
      if (receipt !== null) heard.receipt = JSON.parse(Buffer.from(receipt, "base64url").toString("utf8"));
      return response;
    },
  });
  const filing = {
    client,
    journal: journalInMemory(),
    lease: { hold: async () => true },
    clock: Date.now,
    key: mark,
    report: documentOf(mark),
    files: files.map(
      ({ name, bytes }): FilingFile => ({
        fileName: name,
        details: { originalFileName: name, fileViewedByEsp: true },
        async *open() {
          yield bytes;
        },
      }),
    ),
  };
  return {
    mark,
    files,
    async attempt(): Promise<Answer> {
      try {
        const result = await fileReport(filing);
        if (result.kind === "finished") {
          if (!result.isComplete)
            return { kind: "refused", status: 0, retryAfterSeconds: 0, words: "not whole" };
          return { kind: "acknowledged", reference: result.reportId, receipt: heard.receipt };
        }
        if (result.kind === "pending" || result.kind === "blocked") {
          const { error } = result;
          if (error.code === "no-answer") return unanswered(error);
          return {
            kind: "refused",
            status: error.httpStatus ?? 0,
            retryAfterSeconds: error.retryAfterMs === undefined ? undefined : error.retryAfterMs / 1000,
            words: `${result.kind}: ${error.message}`,
          };
        }
        return { kind: "refused", status: 0, retryAfterSeconds: undefined, words: JSON.stringify(result) };
      } catch (error) {
        return unanswered(error);
      }
    },
    checkReceipt: (receipt) => verifyReceiptOf(place, receipt, undefined, files),
  };
}

function documentOf(mark: string): CyberTiplineReport {
  const dateTime = "2026-01-01T00:00:00Z";
  return {
    incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: dateTime },
    internetDetails: [{ webPageIncident: { url: [`https://kites.example.com/${mark}`] } }],
    reporter: { reportingPerson: { email: [{ value: "safety@example.com" }] } },
    additionalInfo: "A kite over a harbour. Nothing in it is about anybody.",
  };
}

/** This process outlives every station that it tests, so memory is durable enough. */
function journalInMemory(): FilingJournal {
  const entries = new Map<string, FilingEntry>();
  return {
    read: async (key) => entries.get(key),
    async write(key, entry) {
      if ((entries.get(key)?.revision ?? 0) !== entry.revision - 1) return false;
      entries.set(key, entry);
      return true;
    },
  };
}
