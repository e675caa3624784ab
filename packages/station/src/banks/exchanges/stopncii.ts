import { z } from "zod";
import { type SaidEntry, saidEntrySchema, type SaidPage } from "../entry.ts";
import { type SignalKind, valueProblem } from "../signal.ts";
import { ask, unreadable } from "./bounded.ts";
import type { ExchangeDriver } from "./driver.ts";

export interface StopNciiSource {
  base: string;
  subscriptionKey: string;
  /** Each endpoint has a key of its own. */
  fetchKey: string;
  fetch: typeof fetch;
  clock: () => number;
  timeoutMs?: number;
}

/** What the public client starts from, in the service's own time (cybertipline.md, 3.3). */
const START = 10;
const PAGE = 800;
const LEAST_PAGE = 50;
/** A token that has failed this often is given up: the pages since the last whole set come again, and the same changes nothing. */
const TOKEN_ATTEMPTS = 3;

const checkpointSchema = z.strictObject({
  start: z.number(),
  token: z.string().optional(),
  pageSize: z.int().min(LEAST_PAGE),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

const statusSchema = z.string().max(64);
const recordSchema = z.object({
  lastModtimestamp: z.number(),
  signalType: z.string().min(1).max(64),
  hashValue: z.string().min(1).max(255),
  hashStatus: statusSchema,
  caseNumbers: z.record(z.string().max(255), statusSchema).nullish(),
  CSPFeedbacks: z
    .array(
      z.object({
        source: z.string().max(255).nullish(),
        feedbackValue: statusSchema,
        tags: z.array(z.string().max(255)).max(100).nullish(),
      }),
    )
    .max(1000)
    .nullish(),
});
type HashRecord = z.infer<typeof recordSchema>;
const answerSchema = z.object({
  count: z.number(),
  nextPageToken: z.string().max(4000).nullish(),
  nextSetTimestamp: z.number().nullish(),
  hasMoreRecords: z.boolean(),
  hashRecords: z.array(recordSchema).max(10_000),
});

/** StopNCII.org's hashes, which people make of their own pictures on their own devices. */
export function stopNciiDriver(source: StopNciiSource): ExchangeDriver {
  const read = (stored: unknown): Checkpoint =>
    stored === null ? { start: START, pageSize: PAGE } : checkpointSchema.parse(stored);
  return {
    async next(stored) {
      const at = read(stored);
      const answer = await answerTo(source, at);
      const page = pageOf(answer.hashRecords);
      if (answer.hasMoreRecords) {
        const token = answer.nextPageToken ?? "";
        if (token === "") unreadable("it says that there is more, and not where");
        if (token === at.token) unreadable("its pages go round in a ring");
        return { page, checkpoint: { ...at, token }, caughtUp: false };
      }
      const start = answer.nextSetTimestamp ?? at.start;
      return { page, checkpoint: { start, pageSize: PAGE }, caughtUp: true };
    },
  };
}

/** Where to go on when a page could not be had: at the same place with less on it, and in the end without the token. */
export function stopNciiAfterFailure(stored: unknown, attempts: number): object {
  const at = stored === null ? { start: START, pageSize: PAGE } : checkpointSchema.parse(stored);
  const pageSize = Math.max(LEAST_PAGE, Math.floor(at.pageSize / 2));
  return attempts % TOKEN_ATTEMPTS === 0 ? { start: at.start, pageSize } : { ...at, pageSize };
}

async function answerTo(source: StopNciiSource, at: Checkpoint): Promise<z.infer<typeof answerSchema>> {
  const query = new URLSearchParams({
    startTimestamp: String(at.start),
    pageSize: String(at.pageSize),
    ...(at.token === undefined ? {} : { nextPageToken: at.token }),
  });
  const { fetch, base, fetchKey, subscriptionKey, timeoutMs } = source;
  const bytes = await ask({
    fetch,
    method: "GET",
    url: `${base}/FetchHashes?${query.toString()}`,
    headers: {
      accept: "application/json",
      "x-functions-key": fetchKey,
      "Ocp-Apim-Subscription-Key": subscriptionKey,
    },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    // Answers that end in the middle are this service's known trouble; the same page is asked for again, with less on it.
    unreadable("it is not whole JSON");
  }
  const answer = answerSchema.safeParse(value);
  if (answer.success) return answer.data;
  const [issue] = answer.error.issues;
  return unreadable(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

/** Withdrawn and Deleted are for the client to delete. */
const OVER = new Set(["Withdrawn", "Deleted"]);
const KINDS: Readonly<Record<string, SignalKind>> = { ImagePDQ: "pdq", VideoMD5: "md5" };

function pageOf(records: readonly HashRecord[]): SaidPage {
  const entries = new Map<string, SaidEntry | null>();
  for (const record of records) {
    const key = keyOf(record);
    entries.set(key, OVER.has(record.hashStatus) ? null : entryOf(record, key));
  }
  return {
    entries: [...entries.values()].filter((entry) => entry !== null),
    removed: [...entries].filter(([, entry]) => entry === null).map(([key]) => key),
  };
}

function keyOf({ signalType, hashValue }: HashRecord): string {
  return `${signalType}:${hashValue.toLowerCase()}`.slice(0, 255);
}

function entryOf(record: HashRecord, key: string): SaidEntry {
  const { signalType, hashValue, hashStatus, caseNumbers, CSPFeedbacks } = record;
  const kind = KINDS[signalType];
  const value = hashValue.toLowerCase();
  const problem = kind === undefined ? signalType : valueProblem(kind, value);
  const tags = (CSPFeedbacks ?? []).flatMap(({ source, feedbackValue, tags: more }) => [
    `${source ?? "unnamed"}: ${feedbackValue}`,
    ...(more ?? []),
  ]);
  const cases = Object.values(caseNumbers ?? {});
  const made = saidEntrySchema.safeParse({
    key,
    media: signalType.startsWith("Video") ? "video" : signalType.startsWith("Image") ? "image" : undefined,
    signals: kind === undefined || problem !== undefined ? [] : [{ kind, value }],
    unread: problem === undefined ? [] : [problem],
    categories: [...new Set([hashStatus, ...cases])].filter((each) => each !== ""),
    tags: tags.filter((each) => each.trim() !== "").slice(0, 100),
  });
  if (made.success) return made.data;
  const [issue] = made.error.issues;
  return unreadable(`the record ${key.slice(0, 80)}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}
