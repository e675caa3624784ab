import { z } from "zod";

/** What the desk shows of subjects, and what people decide about them. */

/** A value that others have too, and that makes nobody the same person. */
export const blockedValueSchema = z.object({
  kind: z.string(),
  value: z.string(),
  why: z.enum(["common", "never-listed", "different-persons", "by-its-nature"]),
  text: z.string(),
  /** Different holders: exact up to the rules' cap; one more means more than that. */
  holders: z.number().int(),
});
