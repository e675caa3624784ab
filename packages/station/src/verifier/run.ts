import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  ATTESTATION_FILE,
  ATTESTATION_MEDIA_TYPE,
  BUNDLE_FILE,
  BUNDLE_MEDIA_TYPE,
  type ReportBundle,
  RECORDS_FILE,
  RECORDS_MEDIA_TYPE,
} from "@fairlead/franking";
import type { Logger } from "pino";
import { urisOf } from "../chat/index.ts";
import { readSecret } from "../seed.ts";
import { aboutFile } from "./attached-file.ts";
import { buildReport } from "./build-report.ts";
import { type CheckedReport, checkReport } from "./check-report.ts";
import type { VerifierConfig } from "./config.ts";
import { type CustodyLog, openCustodyLog } from "./custody.ts";
import { handIn } from "./hand-in.ts";
import { loadVerifierKeys, type VerifierKeys } from "./keys.ts";
import { type Office, openOffice, type Subscriber, type WaitingReport } from "./office.ts";
import { newRetries, type Retries } from "./retries.ts";
import { openWorkFolder, type SealedEvidence, type WorkFolder, type WorkInProgress } from "./work-folder.ts";

/** A poll of the hub is held open this long, so that a report is checked the moment it comes. */
const WAIT_SECONDS = 20;
/** Between two looks while the hub cannot be asked, or while all that waits has failed before. */
const PAUSE_MS = 3_000;

export interface VerifierOptions {
  readonly version: { readonly version: string; readonly build: string };
  readonly log: Logger;
  readonly clock?: () => number;
  readonly fetch?: typeof fetch;
}

/** A verifier that runs. */
export interface RunningVerifier extends AsyncDisposable {
  /** Resolves when it has stopped for good; rejects never. */
  readonly stopped: Promise<void>;
}

interface Desk {
  readonly config: VerifierConfig;
  readonly keys: VerifierKeys;
  readonly office: Office;
  readonly work: WorkFolder;
  readonly custody: CustodyLog;
  readonly password: string;
  readonly options: Required<VerifierOptions>;
}

/**
 * Runs the verifier: takes each report that waits at the hub, checks it, and hands in what it found. It is the only process in which
 * a reported text is plain, and it keeps none: what it writes is sealed to the station's vault.
 */
export async function startVerifier(
  config: VerifierConfig,
  given: VerifierOptions,
): Promise<RunningVerifier> {
  const options = { clock: Date.now, fetch: globalThis.fetch, ...given };
  const keys = await loadVerifierKeys(join(config.dataDir, "keys"));
  const password = await readSecret(config.station.passwordFile);
  const { url, account } = config.station;
  const stop = new AbortController();
  const withStop: typeof fetch = (input, init) =>
    options.fetch(input, { ...init, signal: init?.signal ?? stop.signal });
  const desk: Desk = {
    config,
    keys,
    office: openOffice({ url, account, password, fetch: withStop }),
    work: await openWorkFolder(join(config.dataDir, "work"), config.station.recipient),
    custody: await openCustodyLog(join(config.dataDir, "custody"), keys.custody),
    password,
    options: { ...options, fetch: withStop },
  };
  const stopped = keepWorking(desk, stop.signal);
  return {
    stopped,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await stopped;
    },
  };
}

async function keepWorking(desk: Desk, signal: AbortSignal): Promise<void> {
  const { clock, log } = desk.options;
  const retries = newRetries(clock);
  while (!signal.aborted)
    try {
      if (!(await workOnce(desk, retries, signal))) await pause(PAUSE_MS, signal);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, "verifier.retrying");
      await pause(PAUSE_MS, signal);
    }
}

/** Takes up everything that waits and is due. One report that fails holds up no other. False where nothing was due. */
async function workOnce(desk: Desk, retries: Retries, signal: AbortSignal): Promise<boolean> {
  const ready = await desk.work.ready();
  const waiting = await desk.office.waiting(ready.length > 0 ? 0 : WAIT_SECONDS);
  const tries = new Map(ready.map((reportId) => [reportId, async () => deliver(desk, reportId)]));
  for (const report of waiting)
    if (!tries.has(report.id)) tries.set(report.id, async () => take(desk, report));
  retries.keepOnly(tries.keys());
  const due = [...tries].filter(([reportId]) => retries.isDue(reportId));
  for (const [reportId, attempt] of due) {
    if (signal.aborted) return true;
    await attempt().catch((error: unknown) => {
      if (signal.aborted) return;
      retries.failed(reportId);
      desk.options.log.warn({ err: error }, "verifier.retrying");
    });
  }
  return due.length > 0 || tries.size === 0;
}

async function take(desk: Desk, waiting: WaitingReport): Promise<void> {
  const { custody, keys, config, options, office, work } = desk;
  const at = () => new Date(options.clock()).toISOString();
  const reportId = waiting.id;
  // Before the first byte is plain it is on record that it will be (rule R8).
  await custody.record({ kind: "report.opened", reportId, at: at(), build: options.version.build });
  const inWork = await work.begin(reportId);
  // By root: a report can show the same file many times.
  const files = new Map<string, SealedEvidence>();
  const checked = await checkReport(
    {
      office,
      card: config.card,
      opening: keys.opening,
      signers: keys.attestation.signers,
      verifier: options.version,
      clock: options.clock,
      keepAttachment: async (file, plaintext) => {
        const root = Buffer.from(file.root).toString("hex");
        if (!files.has(root)) files.set(root, await inWork.seal(aboutFile(file), plaintext));
      },
    },
    waiting,
  );
  if (checked === null) {
    await custody.record({ kind: "report.unreadable", reportId, at: at() });
    await office.finish(reportId, { state: "not-opened" });
    options.log.error({}, "verifier.report-unreadable");
    return;
  }
  await custody.record({
    kind: "report.checked",
    reportId,
    at: at(),
    verdict: checked.verdict.verdict,
    bundleSha256: sha256(checked.signedBytes),
    attestationSha256: sha256(checked.attestation),
  });
  const evidence = [...(await sealDocuments(inWork, checked)), ...files.values()];
  const report = buildReport({
    reportId,
    provider: config.card,
    account: config.station.account,
    bundle: checked.bundle,
    records: checked.records,
    evidence,
    subscribers: await subscribersOf(desk, waiting, checked.bundle),
    reporterUri: waiting.reporter.uri,
    receivedAt: waiting.receivedAt,
  });
  const state = checked.verdict.verdict === "UNVERIFIED" ? "unverified" : "verified";
  await inWork.finish({ state, report });
  await deliver(desk, reportId);
}

/** The bundle first: it is what the report is about. */
async function sealDocuments(inWork: WorkInProgress, checked: CheckedReport): Promise<SealedEvidence[]> {
  const bundle = await inWork.seal(
    { kind: "message-bundle", name: BUNDLE_FILE, mediaType: BUNDLE_MEDIA_TYPE, relevance: "reported" },
    once(checked.signedBytes),
  );
  const records = await inWork.seal(
    { kind: "file", name: RECORDS_FILE, mediaType: RECORDS_MEDIA_TYPE, relevance: "supplemental" },
    once(checked.recordsBytes),
  );
  const attestation = await inWork.seal(
    { kind: "file", name: ATTESTATION_FILE, mediaType: ATTESTATION_MEDIA_TYPE, relevance: "supplemental" },
    once(checked.attestation),
  );
  return [bundle, records, attestation];
}

async function subscribersOf(
  { office, config }: Desk,
  { id, reporter }: WaitingReport,
  bundle: ReportBundle | null,
): Promise<Map<string, Subscriber>> {
  const uris = new Set([
    reporter.uri,
    bundle?.accusedUri ?? "",
    ...(bundle?.items ?? []).map((item) => item.senderUri),
  ]);
  const uriForms = urisOf(config.card.domain);
  const found = new Map<string, Subscriber>();
  for (const uri of uris) {
    const handle = uriForms.handleOf(uri);
    const subscriber = handle === undefined ? null : await office.subscriber(id, handle);
    if (subscriber !== null) found.set(uri, subscriber);
  }
  return found;
}

async function deliver({ config, password, office, work, options }: Desk, reportId: string): Promise<void> {
  const { state } = await work.read(reportId);
  const door = { url: config.station.url, account: config.station.account, password, fetch: options.fetch };
  const reference = await handIn(door, work, reportId);
  await office.finish(reportId, { state, reference });
  await work.remove(reportId);
  options.log.info({ state }, "verifier.report-handed-in");
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
