import {
  AGE_BANDS,
  COUNTER_EVIDENCE,
  LOOK_ALIKES,
  MEASURES,
  SAFETY_ACTIONS,
  SIGNALS,
} from "@fairlead/assessment";
import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");
const action = z.enum(SAFETY_ACTIONS);
const why = z
  .array(z.enum(["signal", "appeal"]))
  .describe("a rule asks for a person's look, or the owner does");

/** Handles of a hub's accounts. */
export const accountParamSchema = z.object({
  account: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/),
});

export const waitingAccountsSchema = z.object({
  waiting: z.int(),
  accounts: z.array(z.object({ account: z.string(), since: instant, why, standing: z.array(action) })),
});
z.globalRegistry.add(waitingAccountsSchema, { id: "WaitingAccounts" });

const signalSchema = z.object({
  rule: z.enum(SIGNALS),
  from: instant,
  until: instant,
  met: z.array(
    z.object({
      measure: z.enum(MEASURES),
      value: z.number(),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    }),
  ),
  counter: z.array(z.object({ what: z.enum(COUNTER_EVIDENCE), value: z.number() })),
  lookAlikes: z.array(z.enum(LOOK_ALIKES)),
  why: z.string(),
  right: z
    .object({ share: z.number(), low: z.number(), atOneIn: z.int() })
    .describe(
      "how often such a signal is right where one account in so many offends; measured on made-up ones",
    ),
  reviewBy: z.string(),
});

export const accountPageSchema = z.object({
  account: z.string(),
  name: z.string(),
  band: z.enum(AGE_BANDS).describe("by the year of birth that the owner gave"),
  openedAt: instant,
  why,
  standing: z.array(z.object({ action, began: instant, until: instant, signals: z.array(signalSchema) })),
  appeal: z.object({ at: instant, words: z.string() }).optional(),
  history: z.array(
    z.discriminatedUnion("what", [
      z.object({
        what: z.enum(["began", "ended", "lifted", "decided"]),
        at: instant,
        action,
        until: instant.optional(),
      }),
      z.object({ what: z.literal("appealed"), at: instant, words: z.string() }),
      z.object({
        what: z.enum(["keep", "lift", "longer"]),
        at: instant,
        by: z.string(),
        reason: z.string(),
        until: instant.optional(),
      }),
    ]),
  ),
});
z.globalRegistry.add(accountPageSchema, { id: "AccountPage" });

export const accountDecisionSchema = z.object({
  decision: z.enum(["keep", "lift", "longer"]),
  days: z.int().min(1).max(90).optional().describe("for `longer`: hidden for so long from now"),
  reason: z.string().trim().min(1).max(1000),
});
