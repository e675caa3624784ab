import { z } from "zod";
import { eventSchema } from "./event.ts";
import { evidenceIdSchema } from "./ids.ts";
import { momentSchema } from "./moment.ts";

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "use 64 lower-case hexadecimal digits");
export const md5Schema = z.string().regex(/^[0-9a-f]{32}$/, "use 32 lower-case hexadecimal digits");
export const sha1Schema = z.string().regex(/^[0-9a-f]{40}$/, "use 40 lower-case hexadecimal digits");

/** A hash that somebody stated; the algorithm's name as stated, the value in lower case. */
export const declaredHashSchema = z.strictObject({
  algorithm: z.string().min(1).max(64),
  value: z.string().min(1).max(4096),
});

/**
 * A file, a message bundle or the wire's own document that came with a report. `received` is what we measured when the bytes
 * came in; without it only a hash or a description was sent. The bytes themselves live in the vault.
 */
export const evidenceSchema = z.strictObject({
  id: evidenceIdSchema,
  kind: z.enum(["file", "message-bundle", "wire-document"]),
  received: z
    .strictObject({
      size: z.int().nonnegative(),
      sha256: sha256Schema,
      sha1: sha1Schema,
      md5: md5Schema,
    })
    .optional(),
  declaredHashes: z.array(declaredHashSchema).max(64),
  name: z.string().max(2056).optional(),
  mediaType: z.string().max(255).optional(),
  location: z.string().max(2083).optional(),
  uploadedAt: momentSchema.optional(),
  relevance: z.enum(["reported", "supplemental"]),
  events: z.array(eventSchema).max(1000),
  /** Named values that describe the file, such as EXIF, as stated. */
  details: z
    .array(
      z.strictObject({
        group: z.string().max(64).optional(),
        name: z.string().min(1).max(64),
        value: z.string().max(65_536),
      }),
    )
    .max(10_000),
});
export type Evidence = z.infer<typeof evidenceSchema>;
