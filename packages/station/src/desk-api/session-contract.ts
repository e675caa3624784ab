import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");

export const personViewSchema = z.object({ id: z.string(), name: z.string(), role: z.string() });
export type PersonView = z.infer<typeof personViewSchema>;

export const stationViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  profile: z.enum(["platform", "clearinghouse", "national-agency", "police-force"]),
});

export const sessionViewSchema = z.object({
  person: personViewSchema,
  station: stationViewSchema,
  /** What this person may do here; the desk shows no button that would be refused. */
  may: z.array(z.string()),
  expiresAt: instant,
});
export type SessionView = z.infer<typeof sessionViewSchema>;
