import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { StationError, type StationErrorCode } from "../errors.ts";
import { databaseTrouble, StoreError } from "../store/index.ts";
import { COME_BACK_SECONDS, diskTrouble, type DiskTrouble } from "../vault/index.ts";

/** The one place where a station's errors meet HTTP. */
const STATUS: Record<StationErrorCode, number> = {
  "config.invalid": 500,
  "keys.missing": 500,
  "database.unfit": 503,
  "request.invalid": 422,
  "request.too-large": 413,
  "request.forged": 403,
  "session.missing": 401,
  "sign-in.refused": 403,
  "permission.refused": 403,
  "not-found": 404,
  conflict: 409,
  "vault.write-failed": 503,
  "vault.missing": 500,
  "vault.damaged": 500,
  "log.behind": 503,
  "log.unavailable": 503,
  "peer.unknown": 403,
  "peer.unreachable": 502,
  "peer.refused": 502,
  "peer.refused-for-good": 502,
  "peer.answer-invalid": 502,
  "grant.expired": 403,
  "review.pause": 409,
  "rate.limited": 429,
  "intake.busy": 503,
  "upload.header": 400,
  "upload.version": 412,
  "upload.media-type": 415,
  "upload.method": 405,
  "upload.offset": 409,
  "upload.gone": 410,
  // tus 1.0.0, Checksum
  "upload.checksum": 460,
  "chat.registration-closed": 403,
  "chat.handle-taken": 409,
  "chat.proof-invalid": 422,
  "chat.code-invalid": 403,
  "chat.ask-first": 409,
  "chat.refused": 403,
  "chat.slowed": 429,
  "chat.not-a-member": 403,
  "chat.stale-epoch": 409,
  "chat.roster-refused": 422,
  "chat.message-refused": 422,
  "chat.nonce-used": 409,
  "chat.key-retired": 409,
  internal: 500,
};

const TITLES: Record<number, string> = {
  400: "The request cannot be read",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  405: "Not possible here",
  409: "In conflict with what is there",
  410: "No longer here",
  412: "Another version than is spoken here",
  413: "Too large",
  415: "Not a format that is taken here",
  422: "Something in the request is wrong",
  460: "The checksum does not agree",
  429: "Too many requests",
  500: "Our fault",
  502: "Another station's answer failed",
  503: "Not possible at the moment",
  507: "No room at the moment",
};

/** A full disk is named as such: its sender has time to look for another way. */
const DISK: Record<DiskTrouble, { status: number; detail: string }> = {
  full: { status: 507, detail: "The station has no room to store this, so it has taken nothing." },
  unwritable: { status: 503, detail: "The station cannot write to its disk, so it has taken nothing." },
};

/** SQLSTATEs for text that PostgreSQL has no form for: character_not_in_repertoire, untranslatable_character, invalid text. */
const UNSTORABLE = /^(?:22021|22P05|22P02)$/;

/** Answers any error as RFC 9457 problem+json: code, what, what to do; never a stack trace or an internal name. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = tell(error);
  if (told.status >= 500) request.log.error({ err: error, code: told.code }, "request.failed");
  const retryAfter = told.retryAfterSeconds ?? (told.status === 503 ? 5 : undefined);
  if (retryAfter !== undefined) reply.header("retry-after", String(retryAfter));
  return reply
    .status(told.status)
    .type("application/problem+json")
    .send({
      type: `https://fairlead.example/problems/${told.code}`,
      title: TITLES[told.status] ?? "Error",
      status: told.status,
      code: told.code,
      detail: told.detail,
      ...(told.remedy === undefined ? {} : { remedy: told.remedy }),
      ...(told.problems.length === 0 ? {} : { problems: told.problems }),
    });
}

/** The HTTP status that an error is answered with. */
export function statusOf(error: unknown): number {
  return tell(error).status;
}

interface Told {
  status: number;
  code: string;
  detail: string;
  remedy?: string | undefined;
  problems: Array<{ path: string; message: string; remedy?: string | undefined }>;
  retryAfterSeconds?: number | undefined;
}

/** What an error's answer would say, for those that are answered as a part of something else. */
export function answerTo(error: unknown): { status: number; detail: string } {
  const { status, detail } = tell(error);
  return { status, detail };
}

function tell(error: unknown): Told {
  if (error instanceof StoreError && error.reason === "commit-unknown")
    return {
      status: 503,
      code: "database.unfit",
      detail: "The database went away while it was storing this: it may or may not have been taken.",
      remedy: "Send the same request again after the time in Retry-After; what was taken is not taken twice.",
      problems: [],
    };
  if (error instanceof StationError) {
    const status = STATUS[error.code];
    const detail =
      error.audience === "operator" ? "The station's operator has been told what is wrong." : error.message;
    const { code, remedy, problems, retryAfterSeconds } = error;
    return { status, code, detail, remedy, problems, retryAfterSeconds };
  }
  const database = databaseTrouble(error);
  const trouble = database === "full" ? "full" : diskTrouble(error);
  if (trouble !== undefined)
    return {
      ...DISK[trouble],
      code: database === undefined ? "vault.write-failed" : "database.unfit",
      remedy:
        "Send the same request again after the time in Retry-After. The station's operator has been told.",
      problems: [],
      retryAfterSeconds: COME_BACK_SECONDS[trouble],
    };
  const known = error as Partial<FastifyError> & { code?: string };
  if (known.validation !== undefined)
    return {
      status: 422,
      code: "request.invalid",
      detail: "Some fields are not as they must be.",
      remedy: "Correct the fields below and send the request again.",
      problems: known.validation.map((found) => ({
        path: found.instancePath === "" ? "/" : found.instancePath,
        message: found.message ?? "is not valid",
      })),
    };
  if (database === "away")
    return {
      status: 503,
      code: "database.unfit",
      detail: "The station cannot store anything at the moment, so it has taken nothing.",
      remedy: "Send the same request again after the time in Retry-After.",
      problems: [],
    };
  if (known.code !== undefined && UNSTORABLE.test(known.code))
    return {
      status: 422,
      code: "request.invalid",
      detail: "A text in the request holds a character that cannot be stored, such as U+0000.",
      remedy: "Remove the character and send the request again.",
      problems: [],
    };
  if (known.statusCode !== undefined && known.statusCode >= 400 && known.statusCode < 500)
    return {
      status: known.statusCode,
      code: "request.invalid",
      detail: known.message ?? "The request cannot be read.",
      remedy: "See /openapi.json for what this address takes.",
      problems: [],
    };
  return {
    status: 500,
    code: "internal",
    detail: "Something went wrong here. Nothing was half done.",
    remedy: "Try again; if it happens twice, tell the station's operator the time.",
    problems: [],
  };
}
