import type { StatementType } from "@fairlead/sealing";
import { stationIdSchema } from "@fairlead/report";
import { z } from "zod";
import { outcomeStatementSchema } from "../desk-api/contract.ts";

/** Outcomes that a message carries at most; a longer backlog takes several. */
export const OUTCOMES_PER_MESSAGE = 100;

/** One outcome on its way back. `reference` is the receiver's own name for the report: what it called it when it sent it. */
export const returnedOutcomeSchema = z.strictObject({
  id: z.uuid(),
  reference: z.string().min(1).max(255),
  statement: outcomeStatementSchema,
  recordedAt: z.iso.datetime(),
  origin: z.strictObject({ station: stationIdSchema, name: z.string().min(1).max(255) }),
});
export type ReturnedOutcome = z.infer<typeof returnedOutcomeSchema>;

/** Outcomes from one station to the next on the way back, signed by the one that sends them. */
export const outcomesMessage: StatementType<OutcomesMessage> = {
  name: "outcomes",
  version: 1,
  schema: z.strictObject({
    from: z.string(),
    to: z.string(),
    sentAt: z.iso.datetime(),
    outcomes: z.array(returnedOutcomeSchema).min(1).max(OUTCOMES_PER_MESSAGE),
  }),
};
export interface OutcomesMessage {
  from: string;
  to: string;
  sentAt: string;
  outcomes: ReturnedOutcome[];
}

const refusedSchema = z.strictObject({ id: z.uuid(), why: z.string().max(300) });
export type RefusedOutcome = z.infer<typeof refusedSchema>;

/** What the receiver says of each: taken (now or before), about a report that it never sent to us, or not to be stored, with why. */
export const outcomesReceipt: StatementType<OutcomesReceipt> = {
  name: "outcomes-receipt",
  version: 1,
  schema: z.strictObject({
    from: z.string(),
    to: z.string(),
    receivedAt: z.iso.datetime(),
    taken: z.array(z.uuid()),
    unknown: z.array(z.uuid()),
    refused: z.array(refusedSchema).optional(),
  }),
};
export interface OutcomesReceipt {
  from: string;
  to: string;
  receivedAt: string;
  taken: string[];
  unknown: string[];
  refused?: RefusedOutcome[] | undefined;
}
