import {
  parseVerifyingKey,
  SealingError,
  signStatement,
  verifyStatement,
  type Envelope,
} from "@fairlead/sealing";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { findPeer, type Peer } from "../peers/index.ts";
import { outcomesMessage, outcomesReceipt, type OutcomesMessage, type ReturnedOutcome } from "./message.ts";
import { saveOutcome } from "./record.ts";

const payloadSchema = z.object({ payload: z.string() });

/** The door for outcomes that come back: `POST /door/outcomes`, a DSSE envelope signed by a pinned peer. */
export function outcomeRoutes(app: FastifyInstance, station: Station): void {
  app.post("/door/outcomes", { schema: { hide: true } }, async (request) => {
    const { message, peer } = await verified(station, request.body);
    const taken: string[] = [];
    const unknown: string[] = [];
    for (const outcome of message.outcomes)
      ((await take(station, peer, outcome, request.body as Envelope)) ? taken : unknown).push(outcome.id);
    return await signStatement(
      outcomesReceipt,
      {
        from: station.config.station.id,
        to: peer.id,
        receivedAt: new Date(station.clock()).toISOString(),
        taken,
        unknown,
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

/** Each outcome is its own transaction: one that this station cannot place holds no other back. */
async function take(
  station: Station,
  peer: Peer,
  outcome: ReturnedOutcome,
  envelope: Envelope,
): Promise<boolean> {
  return await station.db.transaction(async (tx) => {
    const referral = await tx
      .selectFrom("referral")
      .select("report_id")
      .where("peer_id", "=", peer.id)
      .where("remote_reference", "=", outcome.reference)
      .executeTakeFirst();
    if (referral === undefined) return false;
    await saveOutcome(
      tx,
      {
        id: outcome.id,
        reportId: referral.report_id,
        statement: outcome.statement,
        recordedAt: Date.parse(outcome.recordedAt),
        origin: outcome.origin,
        fromPeer: peer.id,
        envelope,
      },
      station.clock(),
    );
    return true;
  });
}
