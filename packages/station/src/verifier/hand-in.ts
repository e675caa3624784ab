import { randomBytes } from "node:crypto";
import { z } from "zod";
import { StationError } from "../errors.ts";
import { SEALED_PART } from "../intake/index.ts";
import type { WorkFolder } from "./work-folder.ts";

/**
 * Hands a finished piece of work in at the station's report door. The bytes are the same at every try, and the door takes a
 * reference once, so an answer that was lost costs nothing.
 * @returns the id that the station gave the report
 * @throws StationError `peer.refused`
 */
export async function handIn(
  door: { url: string; account: string; password: string; fetch: typeof fetch },
  work: WorkFolder,
  reportId: string,
): Promise<string> {
  const { report } = await work.read(reportId);
  const boundary = `fairlead-${randomBytes(16).toString("hex")}`;
  async function* body(): AsyncGenerator<Uint8Array> {
    const head = (disposition: string, type: string) =>
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\ncontent-type: ${type}\r\n\r\n`,
      );
    yield head('name="report"', "application/json");
    yield Buffer.from(JSON.stringify(report));
    for (const { id } of report.evidence) {
      yield Buffer.from("\r\n");
      yield head(`name="${id}"; filename="${id}.age"`, SEALED_PART);
      yield* work.sealed(reportId, id);
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  const response = await door.fetch(`${door.url}/door/reports`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${door.account}:${door.password}`).toString("base64")}`,
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    body: ReadableStream.from(body()),
    duplex: "half",
  });
  const answer: unknown = await response.json().catch(() => null);
  const accepted = z.object({ id: z.uuid() }).safeParse(answer);
  if (response.ok && accepted.success) return accepted.data.id;
  throw new StationError("peer.refused", `The station's report door answered ${response.status}.`, {
    audience: "operator",
    remedy:
      "The report stays in the verifier's work folder and is handed in again; look at the station's log for the reason.",
  });
}
