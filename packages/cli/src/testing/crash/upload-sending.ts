import { createHash } from "node:crypto";
import { verifyReceiptOf } from "./receipts.ts";
import { call, type NamedFile, postForm, reportOf, withIds } from "./report-form.ts";
import type { Place } from "./place.ts";
import { type Answer, type FileSizes, filesOf, refused, type Sending, unanswered } from "./sending.ts";

const TUS = { "tus-resumable": "1.0.0" };
/** In how many requests a file comes; each other one bears a checksum, which makes it count as a whole or not at all. */
const PIECES = 4;

/**
 * A report whose last file came before it by the resumable door: begun, sent in pieces, joined, and named. What broke goes on at the
 * offset that the station tells, as the protocol wants it. Other files come with the report.
 */
export function uploadSending(place: Place, mark: string, sizes: FileSizes): Sending {
  const files = withIds(filesOf(mark, sizes));
  const last = files.at(-1);
  if (last === undefined) throw new Error("an upload needs a file");
  const upload = resumable(place, last);
  const receiptIn = (answer: Record<string, unknown>) => answer["receipt"];
  const attempt = async (): Promise<Answer> => {
    const brought = await upload.bring();
    if (typeof brought !== "string") return brought;
    const uploads = [{ evidence: last.id, upload: brought, sha256: last.sha256 }];
    const fields = { report: reportOf(mark, files), uploads };
    return await postForm(place, "/door/reports", {
      reference: mark,
      fields,
      files: files.slice(0, -1),
      receiptIn,
    });
  };
  return {
    mark,
    files,
    attempt: () => attempt().catch(unanswered),
    checkReceipt: (receipt) => verifyReceiptOf(place, receipt, mark, files),
    brokenPromises: () => upload.broken,
  };
}

interface Resumable {
  /** Goes on to the last byte. @returns the upload's id, or the answer that stopped it */
  bring(): Promise<string | Answer>;
  /** Offsets, or the upload itself, that the station had told and then knew no more. */
  readonly broken: readonly string[];
}

function resumable(place: Place, { bytes }: NamedFile): Resumable {
  let id: string | undefined;
  /** Up to where the station has said that it has the bytes. */
  let promised = 0;
  const broken: string[] = [];
  const at = (response: Response): number => {
    const offset = Number(response.headers.get("upload-offset"));
    if (offset < promised) broken.push(`lost: the upload went back from ${promised} to ${offset}`);
    promised = Math.max(promised, offset);
    return offset;
  };
  const begin = async (): Promise<string | Answer> => {
    const headers = { ...TUS, "upload-length": String(bytes.length) };
    const response = await call(place, "/door/uploads", { method: "POST", headers });
    if (response.status !== 201) return refused(response, await response.text());
    id = (response.headers.get("location") ?? "").split("/").at(-1) ?? "";
    return id;
  };
  return {
    broken,
    async bring() {
      const begun = id ?? (await begin());
      if (typeof begun !== "string") return begun;
      const path = `/door/uploads/${begun}`;
      const told = await call(place, path, { method: "HEAD", headers: TUS });
      if (told.status === 404 || told.status === 410)
        broken.push(`lost: the upload is gone (${told.status})`);
      if (told.status !== 200) return refused(told, "");
      for (let offset = at(told), piece = 0; offset < bytes.length; piece += 1) {
        const body = bytes.subarray(offset, offset + Math.ceil(bytes.length / PIECES));
        const response = await call(place, path, {
          method: "PATCH",
          headers: {
            ...TUS,
            "content-type": "application/offset+octet-stream",
            "upload-offset": String(offset),
            ...(piece % 2 === 1 ? { "upload-checksum": checksumOf(body) } : {}),
          },
          body,
        });
        if (response.status !== 204) return refused(response, await response.text());
        offset = at(response);
      }
      return begun;
    },
  };
}

function checksumOf(body: Uint8Array): string {
  return `sha256 ${createHash("sha256").update(body).digest("base64")}`;
}
