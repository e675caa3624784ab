import { parse as parsePostcode } from "postcode";
import { z } from "zod";
import { momentSchema } from "./moment.ts";

/**
 * How a place came to be known. Only `resolved` (an answer from the network's operator or an enquiry) may route to a force by
 * itself; `declared` is a hint; `estimated` and `ip-country` come from geolocation and never route (agency.md 7.2).
 */
export const placeBasisSchema = z.enum(["resolved", "declared", "estimated", "ip-country"]);
export type PlaceBasis = z.infer<typeof placeBasisSchema>;

export const placeSchema = z.strictObject({
  basis: placeBasisSchema,
  /** A billing address has led police to the wrong door: only an installation address says where the line ends. */
  addressKind: z.enum(["installation", "billing", "home", "business", "shipping", "technical", "unknown"]),
  street: z.string().max(255).optional(),
  city: z.string().max(255).optional(),
  region: z.string().max(255).optional(),
  postcode: z.string().max(20).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "use the two capital letters of ISO 3166-1")
    .optional(),
  verified: z.enum(["yes", "no", "unknown"]),
  moment: momentSchema.optional(),
});
export type Place = z.infer<typeof placeSchema>;

/** The outward code (`LS1`) of a UK postcode or outward code, or `undefined` when the text is neither. */
export function ukOutcode(text: string): string | undefined {
  const bare = text.trim().toUpperCase();
  const parsed = parsePostcode(bare);
  if (parsed.valid) return parsed.outcode;
  return /^[A-Z]{1,2}\d[A-Z\d]?$/.test(bare) ? bare : undefined;
}
