import { hash } from "node:crypto";
import { evidenceIdSchema, type Evidence } from "@fairlead/report";
import { where, type SenderClock } from "./clock.ts";
import type { SimulatedFile, Writing } from "./compose.ts";
import type { Draft, DraftFile } from "./draft.ts";
import { chance, digits, pick, uuid } from "./draw.ts";
import { itemName, materialOf } from "./material.ts";
import { CAMERAS, PRODUCTS } from "./words.ts";
import { writeEvent } from "./write-event.ts";

/** One file of a draft: what the report says of it, and the file itself where it is sent and made. */
export function writeEvidence(
  draft: Draft,
  { item, upload, perceptual }: DraftFile,
  index: number,
  writing: Writing,
  clock: SenderClock,
): { evidence: Evidence; file: SimulatedFile | undefined } {
  const random = writing.random(`evidence-${index}`);
  const id = evidenceIdSchema.parse(uuid(writing.sending));
  const name = `IMG_${digits(random, 4)}`;
  const made =
    writing.material === "bytes"
      ? materialOf(writing.seed, item)
      : { bytes: NO_BYTES, mediaType: "text/plain", extension: "txt" };
  const measured = writing.material === "bytes" ? measure(made.bytes) : measureName(itemName(item));
  const held = draft.habit !== "hash-only";
  const declares = !held || (draft.habit === "good" && chance(random, 0.6));
  const evidence: Evidence = {
    id,
    kind: "file",
    ...(held ? { received: measured } : {}),
    declaredHashes: [
      ...(declares ? [{ algorithm: "MD5", value: measured.md5 }] : []),
      ...(perceptual === undefined ? [] : [{ algorithm: "PDQ", value: perceptual }]),
    ],
    name: `${name}.${made.extension}`,
    mediaType: made.mediaType,
    ...(chance(random, 0.1)
      ? { location: `https://example.com/${pick(random, PRODUCTS)}/${digits(random, 9)}` }
      : {}),
    ...where("uploadedAt", upload === null ? undefined : clock.state(upload.at, "file")),
    relevance: item.kind === "other" && index > 0 ? "supplemental" : "reported",
    events: upload === null ? [] : [writeEvent(upload, clock)],
    details:
      item.kind === "photo" && chance(random, 0.1)
        ? [{ group: "EXIF", name: "Model", value: pick(random, CAMERAS) }]
        : [],
  };
  const file = { evidenceId: id, name: evidence.name ?? name, mediaType: made.mediaType, bytes: made.bytes };
  return { evidence, file: held && writing.material === "bytes" ? file : undefined };
}

/** Nothing is made where only reports matter. */
const NO_BYTES = new Uint8Array();

/** Size and hashes of the bytes. */
function measure(bytes: Uint8Array): NonNullable<Evidence["received"]> {
  return {
    size: bytes.length,
    sha256: hash("sha256", bytes),
    sha1: hash("sha1", bytes),
    md5: hash("md5", bytes),
  };
}

/** The same of a stand-in, whose bytes are its name in ASCII: one hash is made and the shorter ones are cut from it. */
function measureName(name: string): NonNullable<Evidence["received"]> {
  const sha256 = hash("sha256", name);
  return { size: name.length, sha256, sha1: sha256.slice(0, 40), md5: sha256.slice(0, 32) };
}
