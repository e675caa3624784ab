import { createHash } from "node:crypto";
import type { ReportNumber } from "../../document/scalars.ts";
import { type Answer, Refused, success } from "../answer.ts";
import { receiveBody } from "../body.ts";
import { bodyLimits, type Call, mediaTypeOf, refuseStanding } from "../call.ts";
import { newFileId } from "../file-id.ts";
import { type FilePart, readMultipart } from "../form.ts";
import { idField } from "../id-form.ts";
import type { StagedFile, Upload } from "../store.ts";

/** Boundaries, headers and the id around a file. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

type Measured = Pick<Upload, "byteLength" | "md5" | "sha1" | "sha256">;

/** Lets bytes through and counts and hashes them on the way. `result` may be asked for once, when they have ended. */
function measuring(bytes: AsyncIterable<Uint8Array>) {
  const hashes = { md5: createHash("md5"), sha1: createHash("sha1"), sha256: createHash("sha256") };
  let byteLength = 0;
  let hasEnded = false;
  async function* through(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      byteLength += chunk.byteLength;
      for (const hash of Object.values(hashes)) hash.update(chunk);
      yield chunk;
    }
    hasEnded = true;
  }
  const result = (): Measured => {
    if (!hasEnded) throw new Error("the store must read a file to its end before it resolves");
    const { md5, sha1, sha256 } = hashes;
    return { byteLength, md5: md5.digest("hex"), sha1: sha1.digest("hex"), sha256: sha256.digest("hex") };
  };
  return { through: through(), result };
}

interface Received {
  readonly staged: StagedFile;
  readonly part: Omit<FilePart, "bytes">;
  readonly measured: Measured;
}

/**
 * `POST /upload`: one file for an open report, in whatever order its form comes. The bytes go to the store while they
 * arrive; they become part of the report only when the closing boundary has been read.
 */
export async function upload(call: Call): Promise<Answer> {
  const { account, clock, limits, req, store } = call;
  if (mediaTypeOf(req) !== "multipart/form-data") {
    throw new Refused("malformedFile", {
      httpStatus: 415,
      detail: "Send multipart/form-data with the field id and then the field file.",
    });
  }
  const id = idField();
  let received: Received | undefined;
  const file = async ({ bytes, ...part }: FilePart): Promise<void> => {
    const known = id.get();
    if (known !== undefined) {
      // Spares the client from sending a large file in vain. What counts is decided by `attach`.
      const standing = await store.lookUp(account, known, clock());
      if (standing.kind !== "open") throw refuseStanding(standing, known);
    }
    const { through, result } = measuring(bytes);
    const staged = await store.stage(account, through, clock());
    received = { staged, part, measured: result() };
  };
  const allowed = bodyLimits(call, limits.fileBytes + FORM_OVERHEAD_BYTES, limits.uploadTotalMs);
  const body = (signal: AbortSignal) => receiveBody(req, allowed, signal);
  try {
    await readMultipart(req.headers["content-type"] ?? "", body, { field: id.field, file });
    id.need();
  } catch (error) {
    // If this fails as well, the store's sweep deletes the bytes. Never once `attach` has begun: an attachment whose
    // outcome is unknown may have happened.
    if (received !== undefined) await store.discard(received.staged).catch(() => {});
    throw error;
  }
  return attach(call, id.need(), received);
}

async function attach(
  { account, clock, random, store }: Call,
  reportId: ReportNumber,
  received: Received | undefined,
): Promise<Answer> {
  if (received === undefined) {
    throw new Refused("malformedFile", {
      reportId,
      detail: "The form holds no field file, or its part is malformed. Send the bytes in a field named file.",
    });
  }
  const { staged, part, measured } = received;
  const fileId = newFileId(random);
  const outcome = await store.attach(account, reportId, staged, {
    fileId,
    ...part,
    ...measured,
    receivedAt: clock(),
  });
  if (outcome.kind !== "ok") throw refuseStanding(outcome, reportId);
  return success({ reportId, fileId, hash: measured.md5 });
}
