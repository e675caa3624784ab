import { z } from "zod";

/**
 * How a page leaves the station, for whoever is not at the desk. It carries the report's number, the tier and the names of the
 * triggers, and no word of the report.
 */
export const pagingConfigSchema = z
  .strictObject({
    /** A program and its arguments, run without a shell; the page comes as JSON on its standard input. */
    command: z.array(z.string().min(1)).min(1).optional(),
    /** Where the page is posted to as JSON. */
    webhook: z.url({ protocol: /^https?$/ }).optional(),
  })
  .refine(({ command, webhook }) => command === undefined || webhook === undefined, {
    message: "names a command and a webhook; one of them pages",
  });
export type PagingConfig = z.infer<typeof pagingConfigSchema>;
