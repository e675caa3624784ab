import {
  parseVerifyingKey,
  SealingError,
  signStatement,
  verifyStatement,
  type Envelope,
} from "@fairlead/sealing";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { z } from "zod";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { findPeer, type Peer } from "../peers/index.ts";
import { answerTo } from "../http/problem.ts";
import { isConnectionLost } from "../store/index.ts";
import { outcomesMessage, outcomesReceipt, type OutcomesMessage, type ReturnedOutcome } from "./message.ts";
import { saveOutcomes } from "./record.ts";

const payloadSchema = z.object({ payload: z.string() });

/** The door for outcomes that come back: `POST /door/outcomes`, a DSSE envelope signed by a pinned peer. */
export function outcomeRoutes(app: FastifyInstance, station: Station): void {
  app.post("/door/outcomes", { schema: { hide: true } }, async (request) => {
    const { message, peer } = await verified(station, request.body);
    const answered = await takeMessage(station, peer, message.outcomes, request.body as Envelope);
    const [taken, refused] = [
      new Set(answered.taken),
      new Set(answered.refused.map(({ outcome }) => outcome)),
    ];
    const idsOf = (outcomes: ReturnedOutcome[]) => outcomes.map(({ id }) => id);
    return await signStatement(
      outcomesReceipt,
      {
        from: station.config.station.id,
        to: peer.id,
        receivedAt: new Date(station.clock()).toISOString(),
        taken: idsOf(message.outcomes.filter((outcome) => taken.has(outcome))),
        unknown: idsOf(message.outcomes.filter((outcome) => !taken.has(outcome) && !refused.has(outcome))),
        ...(refused.size === 0
          ? {}
          : { refused: answered.refused.map(({ outcome, why }) => ({ id: outcome.id, why })) }),
      },
      [station.keys.signing],
    );
  });
}

async function verified(station: Station, body: unknown): Promise<{ message: OutcomesMessage; peer: Peer }> {
  const peer = await findPeer(station.db.kysely, claimedSender(body));
  try {
    const { body: message } = verifyStatement(body, [parseVerifyingKey(peer.verify_key)], outcomesMessage);
    if (message.from !== peer.id || message.to !== station.config.station.id)
      throw new StationError("request.invalid", "The outcomes are addressed to another station.", {
        remedy: "Send them to the station that they name, signed by the one that sends them.",
      });
    return { message, peer };
  } catch (cause) {
    if (!(cause instanceof SealingError)) throw cause;
    throw new StationError("request.invalid", cause.message, {
      remedy: "Sign with the key whose card this station has pinned.",
      cause,
    });
  }
}

/** Who the message says it is from: only to find the key that must have signed it. */
function claimedSender(body: unknown): string {
  try {
    const { payload } = payloadSchema.parse(body);
    const claimed: unknown = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    return z.object({ from: z.string().max(64) }).parse(claimed).from;
  } catch (cause) {
    throw new StationError("request.invalid", "The body is not a signed message with outcomes.", {
      remedy: "Send a DSSE envelope over an outcomes message.",
      cause,
    });
  }
}

interface Taken {
  /** Those that are stored, now or before. */
  taken: ReturnedOutcome[];
  /** Those that cannot be; all others are about reports that this station has not sent to the peer. */
  refused: Array<{ outcome: ReturnedOutcome; why: string }>;
}

/**
 * Takes a message in one transaction. Where that fails, each outcome gets its own, so that one that cannot be stored holds no other
 * back: it alone is refused, and whoever sends it learns why.
 */
async function takeMessage(
  station: Station,
  peer: Peer,
  outcomes: readonly ReturnedOutcome[],
  envelope: Envelope,
): Promise<Taken> {
  try {
    return { taken: await take(station, peer, outcomes, envelope), refused: [] };
  } catch (error) {
    throwIfPassing(error);
  }
  const answered: Taken = { taken: [], refused: [] };
  for (const outcome of outcomes) {
    try {
      answered.taken.push(...(await take(station, peer, [outcome], envelope)));
    } catch (error) {
      throwIfPassing(error);
      station.log.error({ err: error, peer: peer.id }, "outcome.refused");
      answered.refused.push({ outcome, why: answerTo(error).detail.slice(0, 300) });
    }
  }
  return answered;
}

/** A database that is away, or was lost in the middle of a COMMIT, and a full disk do no better with one outcome. */
function throwIfPassing(error: unknown): void {
  const { status } = answerTo(error);
  if (isConnectionLost(error) || status === 503 || status === 507) throw error;
}

async function take(
  station: Station,
  peer: Peer,
  outcomes: readonly ReturnedOutcome[],
  envelope: Envelope,
): Promise<ReturnedOutcome[]> {
  return await station.db.transaction(async (tx) => {
    const references = outcomes.map(({ reference }) => reference);
    const referrals = await tx
      .selectFrom("referral")
      .select(["report_id", "remote_reference"])
      .where("peer_id", "=", peer.id)
      .where("remote_reference", "=", sql<string>`any(${references}::text[])`)
      .execute();
    const reportIds = new Map(referrals.map((row) => [row.remote_reference, row.report_id]));
    const placed = outcomes.flatMap((outcome) => {
      const reportId = reportIds.get(outcome.reference);
      return reportId === undefined ? [] : { outcome, reportId };
    });
    await saveOutcomes(
      tx,
      placed.map(({ outcome: { id, statement, recordedAt, origin }, reportId }) => ({
        id,
        reportId,
        statement,
        recordedAt: Date.parse(recordedAt),
        origin,
      })),
      { peer: peer.id, envelope },
      station.clock(),
    );
    return placed.map(({ outcome }) => outcome);
  });
}
