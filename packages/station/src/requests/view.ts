import {
  type AnswerRecord,
  ATTRIBUTE_NAMES,
  type Attributes,
  isOverdue,
  type Level,
  type RequestRecord,
  type RequestStep,
  stateAt,
  type Tier,
} from "@fairlead/assessment";
import { claimText } from "../desk-api/claim-words.ts";
import type { RequestView } from "../desk-api/request-contract.ts";
import { sqlFile } from "../sql-file.ts";
import { isoFromJson } from "../store/index.ts";
import type { RequestProposal, SentBy } from "../store/work-tables.ts";
import { letterOf } from "./letter.ts";

/** A part of statements over `report`: one value, a JSON list of `RequestRow`. */
export const REQUESTS_OF_REPORT = sqlFile(import.meta.url, "./of-report.sql");

interface Graded {
  level: Level;
  tier: Tier;
  attributes: Attributes;
}

/** A request as of-report.sql gives it. */
export interface RequestRow {
  id: string;
  record: Omit<RequestRecord, "steps">;
  proposal: RequestProposal;
  necessity: string | null;
  drafted_at: string;
  sent: SentBy | null;
  steps: { step: RequestStep; name: string | null }[];
  answers: {
    id: string;
    record: AnswerRecord;
    recorded_at: string;
    name: string;
    before: Graded | null;
    after: Graded | null;
  }[];
}

/** Requests as the desk shows them at a time, in milliseconds since 1970. */
export function requestViews(rows: readonly RequestRow[], now: number): RequestView[] {
  return rows.map((row) => {
    const { proposal, necessity, sent } = row;
    const record: RequestRecord = { ...row.record, steps: row.steps.map(({ step }) => step) };
    return {
      id: row.id,
      rule: record.rule,
      ruleVersion: record.ruleVersion,
      role: record.addressee.role,
      ...(record.addressee.name === undefined ? {} : { to: record.addressee.name }),
      askFor: proposal.askFor,
      routes: proposal.routes,
      ...(record.legalRoute === undefined ? {} : { legalRoute: record.legalRoute }),
      expected: proposal.expected,
      subject: record.subject,
      body: record.body,
      ...(necessity === null ? {} : { necessity }),
      letter: letterOf(record, necessity),
      state: stateAt(record, now),
      overdue: isOverdue(record, now),
      draftedAt: isoFromJson(row.drafted_at),
      ...(sent === null ? {} : { sent }),
      ...(record.answerBy === undefined ? {} : { answerBy: record.answerBy }),
      ...(record.answerableUntil === undefined ? {} : { answerableUntil: record.answerableUntil }),
      steps: row.steps.map(({ step: { to, at, by, note }, name }) => ({
        to,
        at,
        by: name ?? by.id,
        ...(note === undefined ? {} : { note }),
      })),
      answers: row.answers.map((answer) => answerView(answer, record)),
    };
  });
}

function answerView(
  { id, record, recorded_at, name, before, after }: RequestRow["answers"][number],
  { answerBy, answerableUntil }: RequestRecord,
): RequestView["answers"][number] {
  const due = [answerBy, answerableUntil].flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  return {
    id,
    provider: record.provider,
    receivedAt: record.receivedAt,
    recordedAt: isoFromJson(recorded_at),
    by: name,
    late: due.some((time) => Date.parse(record.receivedAt) > time),
    facts: [
      ...record.claims.map(({ states }) => claimText(states)),
      ...record.events.map(({ event }) => eventText(event)),
    ],
    ...(before === null || after === null ? {} : { changed: changedBetween(before, after) }),
  };
}

function changedBetween(before: Graded, after: Graded) {
  return {
    levelFrom: before.level,
    levelTo: after.level,
    tierFrom: before.tier,
    tierTo: after.tier,
    attributes: ATTRIBUTE_NAMES.filter((name) => before.attributes[name] !== after.attributes[name]).map(
      (attribute) => ({ attribute, from: before.attributes[attribute], to: after.attributes[attribute] }),
    ),
  };
}

function eventText({ kind, moment, ip, port }: AnswerRecord["events"][number]["event"]): string {
  return [
    kind,
    ...(moment === undefined ? [] : [moment.at === undefined ? `${moment.raw} (no zone)` : moment.raw]),
    ...(ip === undefined ? [] : [`from ${ip.raw}${port === undefined ? "" : ` port ${port}`}`]),
  ].join(", ");
}
