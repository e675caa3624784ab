import type { Frank, FrankExt, SignedHead } from "@fairlead/franking";
import { StationError } from "../errors.ts";
import { isConnectionLost } from "../store/index.ts";
import type { Placed } from "./decide.ts";
import type { Heads } from "./heads.ts";
import { type Outcome, placeBatch, type Placing } from "./place.ts";
import type { Submission } from "./submit.ts";
import type { Watch } from "./watch.ts";

/** A message that was taken. */
export interface Taken {
  acceptedAt: bigint;
  frank: Frank;
  ext: FrankExt;
  head: SignedHead;
}

export interface Submissions extends AsyncDisposable {
  /** Resolves once the message is on disk. @throws StationError as `takeMessage` */
  add(submission: Submission): Promise<Taken>;
}

interface Waiting {
  submission: Submission;
  resolve: (taken: Taken) => void;
  reject: (error: unknown) => void;
}

/** Messages in one transaction: what franking them takes is then about what the disk takes. */
const BATCH = 300;
/** Beyond this a sender had better hear at once that it has to come again. */
const MOST_WAITING = 5000;

/**
 * Gathers what comes while a transaction runs into the next one: the disk is waited for once a batch, and one signed head a room covers
 * the batch.
 */
export function openSubmissions(parts: Placing & { heads: Heads; watch: Watch }): Submissions {
  const waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  const run = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      await place(parts, batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    running = undefined;
  };
  return {
    async add(submission) {
      if (waiting.length >= MOST_WAITING)
        throw new StationError("rate.limited", "The hub has more messages than it can take at the moment.", {
          remedy: "Send the same message again after the time in Retry-After.",
          retryAfterSeconds: 1,
        });
      return await new Promise<Taken>((resolve, reject) => {
        waiting.push({ submission, resolve, reject });
        running ??= run();
      });
    },
    async [Symbol.asyncDispose]() {
      await running;
    },
  };
}

async function place(
  parts: Placing & { heads: Heads; watch: Watch },
  batch: readonly Waiting[],
): Promise<void> {
  let outcomes: Outcome[];
  try {
    outcomes = await placeBatch(
      parts,
      batch.map(({ submission }) => submission),
    );
  } catch (error) {
    // One message that cannot be stored holds no other back; a database that is away does no better with one.
    if (batch.length === 1 || isConnectionLost(error)) for (const { reject } of batch) reject(error);
    else for (const one of batch) await place(parts, [one]);
    return;
  }
  parts.watch.hurry();
  // Only now: a head that was signed and then rolled back would be a lie.
  const heads = await headsOf(parts.heads, outcomes);
  for (const [index, outcome] of outcomes.entries()) {
    const one = batch[index];
    if (!outcome.ok) one?.reject(outcome.error);
    else {
      const { acceptedAt, frank, ext } = outcome.placed;
      const head = heads.get(roomKey(outcome.placed));
      if (head === undefined) one?.reject(new Error("every room of a batch has a head"));
      else one?.resolve({ acceptedAt, frank, ext, head });
    }
  }
}

/** The signed head of each room after the batch. */
async function headsOf(heads: Heads, outcomes: readonly Outcome[]): Promise<Map<string, SignedHead>> {
  const last = new Map<string, Placed>();
  for (const outcome of outcomes) {
    if (!outcome.ok) continue;
    const known = last.get(roomKey(outcome.placed));
    if (known === undefined || known.ext.roomSeq < outcome.placed.ext.roomSeq)
      last.set(roomKey(outcome.placed), outcome.placed);
  }
  const signed = new Map<string, SignedHead>();
  for (const [room, placed] of last) {
    const { roomSeq, prevHead, recHash } = placed.ext;
    signed.set(room, await heads.at({ ...placed, roomSeq, prevHead, recHash }));
  }
  return signed;
}

function roomKey({ roomId }: Placed): string {
  return roomId.toString("latin1");
}
