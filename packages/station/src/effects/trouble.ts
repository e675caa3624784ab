import type { Happening } from "./machine/index.ts";
import { ClientError } from "@fairlead/cybertipline";
import { SealingError } from "@fairlead/sealing";
import { StationError } from "../errors.ts";
import { isConnectionLost, StoreError } from "../store/index.ts";

/** What an attempt that threw means to the effect, and the words for whoever has to see to it. */
export interface Failure {
  happening: Extract<Happening, { kind: "failed" | "refused" }>;
  words: string;
  code: string;
  /** It is the other side that fails, and not this station. */
  isPeers: boolean;
}

/**
 * Reads what an attempt threw. Nothing that an attempt throws is lost: what nobody foresaw is a fault of this station's, and a person's.
 * @throws what says that the database is away: then nothing can be noted either, and the queue brings the job back
 */
export function failureOf(error: unknown): Failure {
  if (isConnectionLost(error) || error instanceof StoreError) throw error;
  if (error instanceof StationError) return ofStation(error);
  if (error instanceof SealingError) {
    const words = "The peer's answer cannot be verified.";
    return {
      happening: { kind: "failed", trouble: "answer-invalid" },
      words,
      code: error.code,
      isPeers: true,
    };
  }
  if (error instanceof ClientError) {
    const words = `A person must act before this can be filed: ${error.message}`;
    return { happening: { kind: "failed", trouble: "blocked" }, words, code: error.code, isPeers: true };
  }
  const code = error instanceof Error ? error.name : "unknown";
  const words = `This station failed at it (${code}). Its log says more.`;
  return { happening: { kind: "failed", trouble: "fault" }, words, code, isPeers: false };
}

function ofStation(error: StationError): Failure {
  const { code, message, retryAfterSeconds } = error;
  const retryAfterMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000;
  const failed = (trouble: Extract<Happening, { kind: "failed" }>["trouble"], isPeers = true): Failure => ({
    happening: { kind: "failed", trouble, retryAfterMs },
    words: message,
    code,
    isPeers,
  });
  switch (code) {
    case "peer.unreachable":
      return failed("unreachable");
    case "peer.answer-invalid":
      return failed("answer-invalid");
    case "peer.refused":
    case "peer.unknown":
      return failed("blocked");
    case "config.invalid":
      return failed("blocked", false);
    case "peer.refused-for-good":
      return { happening: { kind: "refused" }, words: message, code, isPeers: true };
    default:
      // What only an operator may read can name machines.
      return error.audience === "operator"
        ? { ...failed("fault", false), words: `This station failed at it (${code}). Its log says more.` }
        : failed("fault", false);
  }
}
