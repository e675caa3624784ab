import type { Claim, ClaimSource } from "@fairlead/report";
import type { AnswerRecord, RequestRecord } from "./request-record.ts";

/**
 * The claims that an answer makes about its report, as they stand beside it.
 *
 * Their source is who answered: the provider, as a sender. A network operator and an exchange have no voice of their own in a report,
 * so what they answered counts by the word of who recorded it, as `resolution` claims do: a sender cannot answer for an operator.
 */
export function claimsOf({ addressee }: RequestRecord, answer: AnswerRecord): Claim[] {
  const { role } = addressee;
  const spoken = role === "provider" || role === "sender";
  const source: ClaimSource = spoken ? { kind: "sender", name: answer.provider } : answer.recordedBy;
  return answer.claims.map(({ about, states }) => ({ about, source, madeAt: answer.receivedAt, states }));
}
