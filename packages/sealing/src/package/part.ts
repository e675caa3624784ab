import { createHash } from "node:crypto";
import { readHeader } from "../age/header.ts";
import { isX25519Stanza } from "../age/x25519.ts";
import { ByteReader } from "../bytes/byte-reader.ts";
import { SealingError } from "../errors.ts";
import type { PackagePart } from "./manifest.ts";

/**
 * A part's bytes, checked against the manifest while they pass: size, SHA-256, payload SHA-256, and that its age header
 * wraps the key for one X25519 recipient and nobody else. Writer and reader use the same check, so that nothing is sent
 * that would be refused.
 *
 * What is yielded is known to be right only when the stream has ended without an error.
 */
export async function* checkedPart(
  source: AsyncIterable<Uint8Array>,
  part: PackagePart,
): AsyncGenerator<Uint8Array, void, undefined> {
  await using reader = new ByteReader(source);
  const whole = createHash("sha256");
  const payload = createHash("sha256");
  const header = await readHeader(reader);
  const [stanza, ...others] = header.stanzas;
  if (stanza === undefined || !isX25519Stanza(stanza) || others.length > 0) {
    throw new SealingError(
      "package-recipients",
      `${part.entry} is sealed to ${header.stanzas.length} recipients or to one of another kind; the manifest names one ` +
        "X25519 recipient, and nobody else may hold a key. Rewrap it for the receiver alone.",
    );
  }
  whole.update(header.bytes);
  let size = header.bytes.length;
  yield header.bytes;
  for await (const bytes of reader.rest()) {
    size += bytes.length;
    if (size > part.ciphertext.size) throw differs(part, `it is longer than ${part.ciphertext.size} bytes`);
    whole.update(bytes);
    payload.update(bytes);
    yield bytes;
  }
  if (size < part.ciphertext.size)
    throw differs(part, `it ends after ${size} of ${part.ciphertext.size} bytes`);
  if (whole.digest("hex") !== part.ciphertext.sha256) throw differs(part, "its SHA-256 is another");
  if (part.kind === "evidence" && payload.digest("hex") !== part.payloadSha256) {
    throw differs(part, "the SHA-256 of its encrypted payload is another");
  }
}

function differs(part: PackagePart, how: string): SealingError {
  return new SealingError(
    "package-part",
    `${part.entry} is not what the signed manifest says: ${how}. Discard what came of it and ask for the package again.`,
  );
}
