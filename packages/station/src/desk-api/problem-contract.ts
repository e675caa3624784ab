import { z } from "zod";

/** RFC 9457. Every error of the desk's API has this form. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  remedy: z.string().optional(),
  problems: z
    .array(z.object({ path: z.string(), message: z.string(), remedy: z.string().optional() }))
    .optional(),
});
export type ProblemView = z.infer<typeof problemSchema>;
