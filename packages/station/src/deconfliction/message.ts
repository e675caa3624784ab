import { answerSchema, type Answer } from "@fairlead/assessment/deconfliction";
import type { StatementType } from "@fairlead/sealing";
import { z } from "zod";

/**
 * A query on its way, signed by the station that asks. Its form is judged where it is answered, because a query of a wrong form
 * counts against the peer's allowance too.
 */
export interface QueryMessage {
  from: string;
  to: string;
  sentAt: string;
  query: unknown;
}
export const queryMessage: StatementType<QueryMessage> = {
  name: "deconfliction-query",
  version: 1,
  schema: z.strictObject({ from: z.string(), to: z.string(), sentAt: z.iso.datetime(), query: z.unknown() }),
};

/** Hit or no hit for each token, or why there is no answer and when to ask again. */
export type AnswerMessage = { from: string; to: string } & (
  | { kind: "answered"; answer: Answer }
  | { kind: "refused"; query: string; why: string; retryAt?: string | undefined }
);
export const answerMessage: StatementType<AnswerMessage> = {
  name: "deconfliction-answer",
  version: 1,
  schema: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("answered"), from: z.string(), to: z.string(), answer: answerSchema }),
    z.strictObject({
      kind: z.literal("refused"),
      from: z.string(),
      to: z.string(),
      query: z.string().max(64),
      why: z.string().max(64),
      retryAt: z.iso.datetime().optional(),
    }),
  ]),
};
