import type { z } from "zod";
import { canonicalJson, parseCanonicalJson } from "../bytes/canonical-json.ts";
import type { Envelope } from "../dsse/envelope.ts";
import type { KeyId, Signer, VerifyingKey } from "../dsse/keys.ts";
import { signEnvelope } from "../dsse/sign.ts";
import { verifyEnvelope } from "../dsse/verify.ts";
import { SealingError } from "../errors.ts";

/** A kind of signed message: its name and the shape of its body. */
export interface StatementType<Body> {
  /** Lower-case words joined by hyphens, such as `outcome`. */
  readonly name: string;
  /** Version of the shape; a receiver takes only the one it knows. */
  readonly version: number;
  /**
   * Shape of the body. It must take its own result unchanged (no transforms that alter a value twice), for the result
   * is what is signed and what is checked again.
   */
  readonly schema: z.ZodType<Body>;
}

/** A verified statement. */
export interface VerifiedStatement<Body> {
  readonly body: Body;
  /** Distinct trusted keys that signed it; never empty. */
  readonly signers: readonly KeyId[];
}

/** The DSSE payload type of a statement: `application/vnd.fairlead.NAME+json;version=N`. */
export function payloadTypeOf(type: Pick<StatementType<unknown>, "name" | "version">): string {
  return `application/vnd.fairlead.${type.name}+json;version=${type.version}`;
}

/** Checks a body against its schema and signs its canonical JSON. Throws `statement-invalid` before anything is signed. */
export async function signStatement<Body>(
  type: StatementType<Body>,
  body: Body,
  signers: readonly Signer[],
): Promise<Envelope> {
  return signEnvelope(payloadTypeOf(type), canonicalJson(checkBody(type, body)), signers);
}

/**
 * Verifies a statement and returns its body.
 *
 * @param keys Keys that may make this statement. Whether they may make it *about what it says* (an outcome for a report
 *   that was never sent to them) is the caller's question.
 * @throws SealingError as `verifyEnvelope` does, or `statement-invalid` if the body is not canonical JSON of this shape.
 */
export function verifyStatement<Body>(
  envelope: unknown,
  keys: readonly VerifyingKey[],
  type: StatementType<Body>,
  threshold = 1,
): VerifiedStatement<Body> {
  const { payload, signers } = verifyEnvelope(envelope, keys, payloadTypeOf(type), threshold);
  return { body: readStatementBody(type, payload), signers };
}

/** Reads the body of a statement without asking who signed it. Throws `statement-invalid`. */
export function readStatementBody<Body>(type: StatementType<Body>, payload: Uint8Array): Body {
  const json = parseCanonicalJson(payload);
  if (json !== null) return checkBody(type, json.value);
  throw new SealingError("statement-invalid", `The signed ${type.name} is not canonical JSON (RFC 8785).`);
}

function checkBody<Body>(type: StatementType<Body>, value: unknown): Body {
  const parsed = type.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "(whole)"}: ${issue.message}`);
  throw new SealingError(
    "statement-invalid",
    `The ${type.name} is not what its type promises: ${problems.join("; ")}.`,
  );
}
