import { type FrankingCrypto, type Franked, frankMessage } from "@fairlead/franking";
import { CompiledQuery } from "kysely";
import type { Station } from "../context.ts";
import type { StationError } from "../errors.ts";
import { sqlFile } from "../sql-file.ts";
import { lockCursors } from "./cursors.ts";
import { decide, type Look, nonceUsed, type Placed } from "./decide.ts";
import type { FrankingKeys, SigningKey } from "./franking-keys.ts";
import type { Submission } from "./submit.ts";
import type { Uris } from "./uris.ts";

const READ = sqlFile(import.meta.url, "./submissions-read.sql");
const WRITE = sqlFile(import.meta.url, "./submissions-write.sql");

export interface Placing {
  station: Station;
  crypto: FrankingCrypto;
  keys: FrankingKeys;
  uris: Uris;
}

export type Outcome = { ok: true; placed: Placed } | { ok: false; error: StationError };

/** How far a room has come within a batch. */
interface Course {
  seq: bigint;
  head: Uint8Array;
  at: bigint;
}

interface Made {
  submission: Submission;
  franked: Franked;
  acceptedAt: bigint;
}

/**
 * Takes a batch of messages in one transaction: each gets the next number of its room, its frank and its place in the chain.
 * @returns what became of each, in their order, once all of it is on disk
 */
export async function placeBatch(placing: Placing, batch: readonly Submission[]): Promise<Outcome[]> {
  return await placing.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const { rows } = await tx.executeQuery<Look>(
      CompiledQuery.raw(READ, [
        batch.map(({ roomId }) => roomId),
        batch.map(({ device }) => device.id),
        batch.map(({ epoch }) => String(epoch)),
        batch.map(({ nonce }) => nonce),
      ]),
    );
    const { outcomes, made, courses } = await frankBatch(placing, batch, rows);
    if (made.length > 0) await tx.executeQuery(CompiledQuery.raw(WRITE, columnsOf(made, courses)));
    return outcomes;
  });
}

async function frankBatch(placing: Placing, batch: readonly Submission[], looks: readonly Look[]) {
  const now = placing.station.clock();
  const courses = new Map<string, Course>();
  const byNonce = new Map<string, { submission: Submission; outcome: Outcome }>();
  const outcomes: Outcome[] = [];
  const made: Made[] = [];
  for (const [index, submission] of batch.entries()) {
    const look = looks[index];
    if (look === undefined) throw new Error("submissions-read.sql answers for each message");
    const decision = decide(placing.keys, submission, look, now);
    const nonce = Buffer.concat([submission.device.id, submission.nonce]).toString("latin1");
    const twin = byNonce.get(nonce);
    if (decision.kind === "refuse") outcomes.push({ ok: false, error: decision.error });
    else if (decision.kind === "known") outcomes.push({ ok: true, placed: decision.placed });
    else if (twin !== undefined) outcomes.push(sameAs(twin, submission));
    else {
      const room = submission.roomId.toString("latin1");
      const course = courses.get(room) ?? courseOf(look);
      // Times in a room do not go back, whatever the clock does.
      const acceptedAt = BigInt(now) > course.at ? BigInt(now) : course.at;
      const franked = await frank(placing, submission, decision.key, course, acceptedAt);
      courses.set(room, { seq: course.seq + 1n, head: franked.head, at: acceptedAt });
      made.push({ submission, franked, acceptedAt });
      const { frank: mark, ext } = franked;
      const { roomId } = submission;
      const placed = { roomId, signingKey: look.signing_key, acceptedAt, frank: mark, ext };
      const outcome: Outcome = { ok: true, placed };
      byNonce.set(nonce, { submission, outcome });
      outcomes.push(outcome);
    }
  }
  return { outcomes, made, courses };
}

function courseOf(look: Look): Course {
  return { seq: BigInt(look.seq), head: look.head, at: BigInt(look.head_at) };
}

/** The same message twice in one batch: whoever sent it lost patience. */
function sameAs(twin: { submission: Submission; outcome: Outcome }, submission: Submission): Outcome {
  const isSame =
    twin.submission.ctHash.equals(submission.ctHash) && twin.submission.roomId.equals(submission.roomId);
  return isSame ? twin.outcome : { ok: false, error: nonceUsed() };
}

async function frank(
  { crypto, uris }: Placing,
  { roomId, device, epoch, tag, ctHash, signature }: Submission,
  key: SigningKey,
  course: Course,
  acceptedAt: bigint,
): Promise<Franked> {
  return await frankMessage(crypto, key.hub, {
    tag,
    context: { senderUri: device.uri, roomUri: uris.room(roomId), acceptedAt },
    ctHash,
    submitSignature: signature,
    epoch,
    roomSeq: course.seq + 1n,
    prevHead: course.head,
  });
}

/** In the order of submissions-write.sql. */
function columnsOf(made: readonly Made[], courses: ReadonlyMap<string, Course>): unknown[] {
  const rooms = [...courses];
  return [
    made.map(({ submission }) => submission.roomId),
    made.map(({ franked }) => String(franked.ext.roomSeq)),
    made.map(({ submission }) => submission.device.id),
    made.map(({ submission }) => String(submission.epoch)),
    made.map(({ acceptedAt }) => String(acceptedAt)),
    made.map(({ submission }) => bufferOf(submission.tag)),
    made.map(({ submission }) => submission.ctHash),
    made.map(({ submission }) => String(submission.clientTime)),
    made.map(({ submission }) => submission.nonce),
    made.map(({ submission }) => submission.signature),
    made.map(({ franked }) => bufferOf(franked.frank.serverFrank)),
    made.map(({ franked }) => bufferOf(franked.frank.signature)),
    made.map(({ franked }) => bufferOf(franked.contextBlind)),
    made.map(({ franked }) => bufferOf(franked.ext.prevHead)),
    made.map(({ franked }) => bufferOf(franked.recHash)),
    made.map(({ submission }) => submission.message),
    rooms.map(([room]) => Buffer.from(room, "latin1")),
    rooms.map(([, { seq }]) => String(seq)),
    rooms.map(([, { head }]) => bufferOf(head)),
    rooms.map(([, { at }]) => String(at)),
  ];
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
