import { z } from "zod";

/** Pages as the desk's API shows them: calls to a person, now. */

const instant = z.string().describe("UTC, ISO 8601");
export const audienceSchema = z.enum(["owner", "caseworkers", "leads", "everybody"]);

export const pageViewSchema = z.object({
  id: z.uuid(),
  report: z.uuid().optional().describe("absent only where it is about a task that is about no report"),
  number: z.string().optional().describe("the report's"),
  tier: z.enum(["R1", "R2", "R3", "R4", "R5"]).optional().describe("of the report now"),
  status: z.enum(["new", "referred", "closed"]).optional(),
  raisedAt: instant,
  triggers: z
    .array(
      z.object({
        code: z.string(),
        text: z.string(),
        path: z.string().describe("JSON Pointer to the field that made it fire"),
        source: z.string(),
        says: z.string().optional().describe("what stands in that field"),
      }),
    )
    .describe("what fired, the newest first; never empty"),
  stage: audienceSchema.describe("how far it has escalated; counts while nobody has answered"),
  escalatesAt: instant.optional(),
  rings: z.boolean().describe("this person is being called by it"),
  task: z.uuid().optional().describe("the task that it is about; absent: the report is immediate"),
  endedAt: instant.optional().describe("what it was about is over, or a wider circle was called"),
  acknowledgedAt: instant.optional(),
  acknowledgedBy: z.string().optional(),
  owner: z.string().optional().describe("who has it now"),
  mine: z.boolean(),
  ownedSince: instant.optional(),
  calls: z
    .array(
      z.object({
        audience: audienceSchema,
        state: z.enum(["none", "intended", "told", "ended"]),
        attempts: z.number().int(),
        lastError: z.string().optional(),
        nextAttemptAt: instant.optional(),
        toldAt: instant.optional(),
      }),
    )
    .describe("to whom it went, and whether the outward channel took it"),
});
export type PageView = z.infer<typeof pageViewSchema>;

export const pageListQuerySchema = z.object({
  list: z.enum(["unanswered", "answered"]).default("unanswered"),
  after: z.string().max(200).optional().describe("cursor from the page before"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const pageListSchema = z.object({
  pages: z
    .array(pageViewSchema)
    .describe("unanswered: the longest waiting first; answered: the newest first"),
  next: z.string().optional(),
  unanswered: z.number().int(),
  at: instant.describe("the station's clock"),
});
export type PageList = z.infer<typeof pageListSchema>;

export const HEALTH_CHECKS = [
  "pages-unanswered",
  "outward-channel",
  "effects-standing",
  "safeguarding-overdue",
] as const;
export const healthViewSchema = z.object({
  state: z.enum(["well", "red"]),
  checks: z.array(
    z.object({
      id: z.enum(HEALTH_CHECKS),
      state: z.enum(["well", "red", "not-configured"]),
      count: z.number().int(),
      since: instant.optional(),
      detail: z.string().optional(),
    }),
  ),
});
export type HealthView = z.infer<typeof healthViewSchema>;
