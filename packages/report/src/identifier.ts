import { z } from "zod";
import { momentSchema } from "./moment.ts";

/** What kind of handle an identifier is; `ip` stands with its time and port in an event, not here. */
export const identifierKindSchema = z.enum([
  "account",
  "screen-name",
  "display-name",
  "profile-url",
  "phone",
  "email",
  "device",
  "payment",
  "group",
]);
export type IdentifierKind = z.infer<typeof identifierKindSchema>;

/** Whether the sender confirmed the handle: unknown is its own value and never means no. */
export const verifiedSchema = z.enum(["yes", "no", "unknown"]);

/** Characters of a handle, in either form: the longest handle is a URL, which wires limit to 2083. */
export const IDENTIFIER_LIMIT = 2100;

/**
 * A normalised handle on a person or device. `value` serves linking only; `raw` is what was sent and is the evidence.
 * `normalised: false` marks a value that could not be normalised, which links weakly or not at all.
 */
export const identifierSchema = z.strictObject({
  kind: identifierKindSchema,
  value: z.string().min(1).max(IDENTIFIER_LIMIT),
  raw: z.string().min(1).max(IDENTIFIER_LIMIT),
  normalised: z.boolean(),
  platform: z.string().max(256).optional(),
  verified: verifiedSchema,
  verifiedAt: momentSchema.optional(),
  /** Sender's own label, such as a phone's `Mobile` or a device's `IMEI`. */
  label: z.string().max(255).optional(),
});
export type Identifier = z.infer<typeof identifierSchema>;
