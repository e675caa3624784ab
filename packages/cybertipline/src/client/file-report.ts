/**
 * Files one report, so that it is finished exactly once, whatever breaks in between.
 *
 * The wire has no way to ask how a report stands, and no key that would make a repeated call harmless. What it has is
 * `/retract`: it deletes an open report and refuses a finished one. So the number of an open report is stored before
 * anything else, and whoever finds one in the journal retracts first and reads the answer: 0, it was open and is gone,
 * start afresh; 5102, it had been finished; 5001 or 5101, it is gone, start afresh.
 */
import { encodeFileDetails, encodeReport } from "../codec/documents.ts";
import type { FileDetails } from "../document/file-details.ts";
import type { ReportNumber } from "../document/scalars.ts";
import { CyberTiplineError } from "../error.ts";
import { RESPONSE_CODES } from "../responses/codes.ts";
import { describeProblems } from "../responses/validation.ts";
import { ClientError } from "./error.ts";
import type { Filing, FilingFile, FilingResult } from "./filing.ts";
import { type Book, openBook, Superseded } from "./filing-book.ts";
import type { FiledFile, FilingFailure } from "./journal.ts";

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/** Thrown to end with a failure; never leaves this file. */
class Failed extends Error {
  readonly failure: FilingFailure;

  constructor(failure: FilingFailure) {
    super(failure.description);
    this.failure = failure;
  }
}

/** A call to the server, made only while the lease holds. A refusal that is final becomes a failure of that step. */
async function call<T>({ lease }: Filing, step: FilingFailure["step"], run: () => Promise<T>): Promise<T> {
  if (!(await lease.hold())) throw new Superseded();
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ClientError) || error.advice !== "rejected") throw error;
    const { responseCode, requestId, message } = error;
    throw new Failed({
      step,
      description: message,
      ...(responseCode !== undefined && { responseCode }),
      ...(requestId !== undefined && { requestId }),
    });
  }
}

type Settled = "was-open" | "was-finished" | "was-gone";

/** Asks the server, in the one way there is, what became of a report; afterwards it is not open. */
async function settle(filing: Filing, reportId: ReportNumber): Promise<Settled> {
  if (!(await filing.lease.hold())) throw new Superseded();
  try {
    await filing.client.retract(reportId);
    return "was-open";
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    switch (error.responseCode) {
      case RESPONSE_CODES.alreadyFinished.code:
        return "was-finished";
      case RESPONSE_CODES.alreadyRetracted.code:
      case RESPONSE_CODES.reportDoesNotExist.code:
        return "was-gone";
      default:
        throw error;
    }
  }
}

/** Takes up what an earlier attempt left behind, until no report of ours is open. */
async function resume(filing: Filing, book: Book): Promise<void> {
  const { state, abandoned } = book.get();
  if (state.kind !== "submitted" && state.kind !== "finishing" && state.kind !== "failing") return;
  const { reportId } = state;
  const settled = await settle(filing, reportId);
  if (settled === "was-finished") {
    const files = state.kind === "failing" ? [] : state.files;
    await book.put({
      kind: "finished",
      reportId,
      fileIds: files.map((file) => file.fileId),
      receivedAt: filing.clock(),
      proof: "retract-refused",
      isComplete: state.kind === "finishing",
    });
  } else if (state.kind === "failing") {
    await book.put({ kind: "failed", failure: state.failure }, { abandoned: [...abandoned, reportId] });
  } else {
    await book.put({ kind: "intent" }, { abandoned: [...abandoned, reportId] });
  }
}

const detailsOf = (
  { details }: FilingFile,
  reportId: ReportNumber,
  fileId: string,
): FileDetails | undefined => details && { ...details, reportId, fileId };

/** Finds out before anything is sent whether all documents can be written. */
function checkDocuments({ report, files }: Filing): void {
  try {
    encodeReport(report);
    for (const file of files) {
      const details = detailsOf(file, "0" as ReportNumber, "0");
      if (details !== undefined) encodeFileDetails(details);
    }
  } catch (error) {
    if (!(error instanceof CyberTiplineError)) throw error;
    const description = error.problems.length > 0 ? describeProblems(error.problems) : error.message;
    throw new Failed({ step: "write", description });
  }
}

/** Opens a file when its first byte is asked for, so that a file that is not there fails as one that breaks off. */
async function* openLate(file: FilingFile): AsyncGenerator<Uint8Array> {
  yield* file.open();
}

async function sendFile(filing: Filing, book: Book, reportId: ReportNumber, file: FilingFile): Promise<void> {
  const { client } = filing;
  const { state } = book.get();
  const before = state.kind === "submitted" ? state.files : [];
  const { fileId, md5 } = await call(filing, "upload", () =>
    client.upload(reportId, { ...file, bytes: openLate(file) }),
  );
  const details = detailsOf(file, reportId, fileId);
  const sent = { fileId, md5, isDescribed: details === undefined };
  await book.put({ kind: "submitted", reportId, files: [...before, sent] });
  if (details === undefined) return;
  await call(filing, "fileinfo", () => client.fileinfo(details));
  await book.put({ kind: "submitted", reportId, files: [...before, { ...sent, isDescribed: true }] });
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === new Set(a).size;
}

/** From no open report to a finished one. */
async function run(filing: Filing, book: Book): Promise<void> {
  const { client, clock } = filing;
  checkDocuments(filing);
  const { reportId } = await call(filing, "submit", () => client.submit(filing.report));
  // Nothing comes before this: a report whose number is lost can be neither finished nor retracted.
  await book.put({ kind: "submitted", reportId, files: [] });
  for (const file of filing.files) await sendFile(filing, book, reportId, file);
  const { state } = book.get();
  const files: readonly FiledFile[] = state.kind === "submitted" ? state.files : [];
  await book.put({ kind: "finishing", reportId, files });
  const { fileIds } = await call(filing, "finish", () => client.finish(reportId));
  await book.put({
    kind: "finished",
    reportId,
    fileIds,
    receivedAt: clock(),
    proof: "receipt",
    isComplete: isSameSet(
      fileIds,
      files.map((file) => file.fileId),
    ),
  });
}

/** Writes a final refusal down, and gets rid of the report that it left open. */
async function fail(filing: Filing, book: Book, failure: FilingFailure): Promise<void> {
  const { state } = book.get();
  if (state.kind !== "submitted" && state.kind !== "finishing") {
    await book.put({ kind: "failed", failure });
    return;
  }
  await book.put({ kind: "failing", reportId: state.reportId, failure });
  await resume(filing, book);
}

/** Longer with every attempt, unless the server said when. */
function waitMs(attempts: number, error: ClientError): number {
  return error.retryAfterMs ?? Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_WAIT_MS);
}

async function advance(filing: Filing, book: Book): Promise<void> {
  try {
    await book.put(book.get().state, { attempts: book.get().attempts + 1 });
    await resume(filing, book);
    if (book.get().state.kind === "intent") await run(filing, book);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    await fail(filing, book, error.failure);
  }
}

/**
 * Files a report, or goes on where an earlier call, in this process or a dead one, has stopped.
 *
 * @returns how it stands now; every kind says what to do next
 * @throws ClientError `environment` or `journal-mismatch` if the key is another filing's; what the journal, the lease or
 *   a file throws: then call again, as after a crash
 */
export async function fileReport(filing: Filing): Promise<FilingResult> {
  const book = await openBook(filing);
  try {
    const { kind } = book.get().state;
    if (kind !== "finished" && kind !== "failed") await advance(filing, book);
  } catch (error) {
    if (error instanceof Superseded) return { kind: "superseded" };
    if (!(error instanceof ClientError)) throw error;
    const { attempts } = book.get();
    // `state`: the report is not what the journal says; the next attempt asks the server first.
    const isPassing = error.advice === "retry" || error.advice === "state";
    if (!isPassing) return { kind: "blocked", attempts, error };
    return { kind: "pending", retryAfterMs: waitMs(attempts, error), attempts, error };
  }
  const { state } = book.get();
  if (state.kind === "finished") return state;
  if (state.kind === "failed") return { kind: "failed", failure: state.failure };
  throw new Error(`a filing that has run to its end cannot be ${state.kind}`);
}
