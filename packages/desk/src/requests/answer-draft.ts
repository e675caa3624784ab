import type { NewAnswer, RequestView } from "../api/shapes.ts";
import { type ClaimDraft, claimOf, emptyDraft, type Target } from "../report/actions/claim-draft.ts";

export const ANSWER_KINDS = ["event", "viewed", "resolution", "nothing"] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];
type AnswerEvent = NewAnswer["events"][number];

export interface AnswerDraft {
  provider: string;
  receivedAt: string;
  kind?: AnswerKind;
  whole?: "yes" | "no";
  note: string;
  person: string;
  event: AnswerEvent["kind"];
  time: string;
  address: string;
  port: string;
  /** For what is stated about a file or a person. */
  claim: ClaimDraft;
}

export function emptyAnswer(provider: string, receivedAt: string): AnswerDraft {
  return {
    provider,
    receivedAt,
    note: "",
    person: "",
    event: "upload",
    time: "",
    address: "",
    port: "",
    claim: emptyDraft,
  };
}

/** What whoever is asked can say: a view is claimed by those who viewed, a subscriber is named by an operator. */
export function answerKinds({ role }: Pick<RequestView, "role">): AnswerKind[] {
  if (role === "sender" || role === "provider") return ["event", "viewed", "nothing"];
  if (role === "network-operator") return ["resolution", "nothing"];
  return ["nothing"];
}

/** The answer that a draft makes, or `undefined` while something is missing. */
export function answerOf(draft: AnswerDraft, targets: readonly Target[]): NewAnswer | undefined {
  const { kind, whole, provider, receivedAt, note } = draft;
  if (kind === undefined || whole === undefined) return undefined;
  const claimKind = kind === "viewed" || kind === "resolution" ? kind : undefined;
  const claim = claimKind === undefined ? undefined : claimOf({ ...draft.claim, kind: claimKind }, targets);
  if (claimKind !== undefined && claim === undefined) return undefined;
  return {
    whole: whole === "yes",
    provider: provider.trim(),
    receivedAt: receivedAt.trim(),
    claims: claim === undefined ? [] : [claim],
    events: kind === "event" ? [eventOf(draft)] : [],
    ...(note.trim() === "" ? {} : { note: note.trim() }),
  };
}

function eventOf({ person, event, time, address, port }: AnswerDraft): AnswerEvent {
  return {
    kind: event,
    ...(person === "" ? {} : { person }),
    ...(time.trim() === "" ? {} : { time: time.trim() }),
    ...(address.trim() === "" ? {} : { address: address.trim() }),
    ...(port.trim() === "" ? {} : { port: Number(port) }),
  };
}
