import { STAGES, TROUBLES } from "../effects/index.ts";
import { z } from "zod";
import { burstSchema } from "./sender-contract.ts";

/** Tasks as the desk's API shows them: what does not get through to another station, and whose it is. */

const instant = z.string().describe("UTC, ISO 8601");
const personSchema = z.object({ id: z.uuid(), name: z.string(), role: z.string() });

export const taskViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum([
    "refer",
    "return-outcome",
    "ask-peer",
    "keep",
    "sender-format",
    "fetch-hashes",
    "send-feedback",
    "erase",
  ]),
  what: z
    .enum([
      "stands-still",
      "refused",
      "incomplete",
      "keeping-ends",
      "format-burst",
      "erasing-waits",
      "erasing-stands-still",
    ])
    .describe("incomplete: it arrived, is not all that was to be sent, and cannot be changed any more"),
  text: z.string(),
  peer: z.string().optional().describe("absent where it is about no other station"),
  peerName: z.string().optional().describe("of the peer, the sender or the bank"),
  sender: z.string().optional().describe("the sender whose reports do not come as they used to"),
  bank: z.string().optional().describe("the bank of hashes that it is about"),
  bursts: z.array(burstSchema).describe("what has changed about them; empty for every other task"),
  endsAt: instant.optional().describe("the first end among reports whose keeping ends"),
  openedAt: instant,
  since: instant.describe("since when what has waited longest has stood still"),
  alarm: z
    .number()
    .int()
    .describe(
      "how often it has sounded: after 15 min, 4 h and 24 h, or 30 days and 7 days before an end and at it; each in a wider circle",
    ),
  nextAlarmAt: instant.optional(),
  owner: personSchema.optional().describe("absent only where the station has nobody to give it to"),
  mine: z.boolean(),
  ownedSince: instant.optional(),
  effects: z
    .array(
      z.object({
        id: z.uuid(),
        report: z.uuid(),
        number: z.string().describe("the report's"),
        stage: z.enum(STAGES),
        since: instant.describe("when it got further than ever before"),
        intendedAt: instant,
        attempts: z.number().int().describe("that failed"),
        trouble: z.enum(TROUBLES).optional(),
        lastError: z.string().optional(),
        nextAttemptAt: instant.optional().describe("absent: it is not tried again by itself"),
      }),
    )
    .describe("what it is about, the longest waiting first, twenty at most"),
  count: z.number().int().describe("how much it is about"),
  closed: z
    .object({
      at: instant,
      how: z.enum(["through", "elsewhere", "seen-to"]),
      by: z.string().optional().describe("absent: it got through by itself"),
      reason: z.string().optional(),
    })
    .optional(),
});
export type TaskView = z.infer<typeof taskViewSchema>;

export const taskListQuerySchema = z.object({
  list: z.enum(["open", "closed"]).default("open"),
  after: z.string().max(200).optional().describe("cursor from the page before"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const taskListSchema = z.object({
  tasks: z.array(taskViewSchema).describe("open: the oldest first; closed: the newest first"),
  next: z.string().optional(),
  open: z.number().int(),
  mine: z.number().int().describe("open and owned by whoever asks"),
  people: z.array(personSchema).describe("to whom a task can be handed"),
  at: instant.describe("the station's clock"),
});
export type TaskList = z.infer<typeof taskListSchema>;

/** The database cannot hold a NUL. */
const reasonSchema = z
  .string()
  .trim()
  .min(3)
  .max(2000)
  .refine((text) => !text.includes("\u0000"), { message: "holds a character that cannot be kept" });
export const handOnSchema = z.strictObject({ to: z.uuid() });
export const elsewhereSchema = z.strictObject({
  reason: reasonSchema,
  effect: z.uuid().optional().describe("only this one of what the task is about"),
});
export const closeTaskSchema = z.strictObject({ reason: reasonSchema });
