import { ARRIVAL_PARTS, CHANGED_FIELDS } from "@fairlead/assessment";
import { z } from "zod";
import { tierSchema } from "./grade-contract.ts";

/** The same report that arrived again, what later ones added to it, and what people decided about that. */

const instant = z.string().describe("UTC, ISO 8601");
const reason = z.string().min(3).max(2000);
const reportRef = z.object({ report: z.uuid(), number: z.string() });
const standing = reportRef.extend({
  door: z.string(),
  receivedAt: instant,
  status: z.enum(["new", "referred", "closed"]),
  tier: tierSchema.optional(),
});

export const arrivalsViewSchema = z.object({
  members: z
    .array(
      standing.extend({
        relation: z
          .enum(["this", "same", "adds", "added-to", "related"])
          .describe(
            "to the report of the page: the same, adds to it, is added to by it, or of the same matter",
          ),
        why: z
          .array(z.enum(ARRIVAL_PARTS))
          .describe("by what the two are the same; empty where a third says so"),
        sender: z.string(),
        handedBy: z.string(),
        reference: z.string().describe("what whoever handed it in calls it"),
        issued: z.string().optional().describe("the reference that this station issued"),
        names: z.array(z.string()).describe("numbers of the reports that it adds to"),
        late: z
          .object({ days: z.number().int(), since: z.enum(["event", "first-arrival"]) })
          .optional()
          .describe("absent where it is not late"),
        outcomes: z.array(z.string()),
        referred: z.array(z.string()).describe("to whom, by name"),
      }),
    )
    .describe("the report of the page first, then in the order of their arrival; at most a hundred others"),
  amendments: z.array(
    z.object({
      report: z.uuid(),
      number: z.string(),
      to: reportRef,
      changes: z.array(
        z.object({
          kind: z.enum(["added", "changed", "gone"]),
          field: z.enum(CHANGED_FIELDS),
          of: z.string().optional().describe("the person or the file that it belongs to"),
          before: z.string().optional(),
          after: z.string().optional(),
        }),
      ),
    }),
  ),
  awaited: z.array(z.string()).describe("what it adds to and what has not come yet"),
  maybe: z
    .array(standing.extend({ why: z.string() }))
    .describe("others that may be the same: a person decides"),
  decisions: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(["same", "different", "apart"]),
      other: reportRef.optional(),
      reason: z.string(),
      by: z.string(),
      at: instant,
    }),
  ),
});
export type ArrivalsView = z.infer<typeof arrivalsViewSchema>;

export const newArrivalDecisionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("apart"), reason }),
  z.object({ kind: z.enum(["same", "different"]), other: z.uuid(), reason }),
]);
