import type { AnswerRecord, RequestRecord, RequestStep, SuggestedRequest } from "@fairlead/assessment";
import type { ColumnType, GeneratedAlways, JSONColumnType } from "kysely";

/** The tables of requests to senders and providers. */
export interface RequestTable {
  id: string;
  report_id: string;
  record: JSONColumnType<Omit<RequestRecord, "steps">>;
  proposal: JSONColumnType<RequestProposal>;
  necessity: string | null;
  state: RequestStep["to"];
  drafted_at: string;
  sent: ColumnType<SentBy | null, string | null, string | null>;
  answer_by: string | null;
  answerable_until: string | null;
  due_at: GeneratedAlways<string>;
}

/** What a request was drafted from. */
export type RequestProposal = Pick<SuggestedRequest, "askFor" | "expected" | "because"> & {
  routes: { id: string; text: string; answerWithinDays?: number }[];
};

/** How a request was sent, as the person who sent it says. */
export interface SentBy {
  to: string;
  /** UTC, ISO 8601. */
  at: string;
  way: "portal" | "email" | "post" | "telephone" | "in-person" | "other";
  reference?: string;
}

export interface RequestStepTable {
  request_id: string;
  position: number;
  step: JSONColumnType<RequestStep>;
}

export interface RequestAnswerTable {
  id: string;
  request_id: string;
  report_id: string;
  position: GeneratedAlways<string>;
  record: JSONColumnType<AnswerRecord>;
  received_at: string;
  recorded_at: string;
  recorded_by: string;
  assessed_before: string | null;
  assessed_after: string | null;
}

export interface CarriedAnswerTable {
  report_id: string;
  position: number;
  record: JSONColumnType<AnswerRecord>;
  from_peer: string;
}

export interface WorkTables {
  carried_answer: CarriedAnswerTable;
  request: RequestTable;
  request_step: RequestStepTable;
  request_answer: RequestAnswerTable;
}
