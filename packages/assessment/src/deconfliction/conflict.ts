import { z } from "zod";
import { contactSchema, type Answer, type AskedQuery, type Contact } from "./query.ts";
import type { Interest } from "./token.ts";

/** How a conflict ends; a person says which. */
export const RELEASES = ["we-continue", "they-continue", "together", "not-the-same"] as const;

const personSchema = z.strictObject({ id: z.string().min(1).max(64), role: z.string().min(1).max(64) });
const step = { at: z.iso.datetime(), by: personSchema, note: z.string().min(1).max(3000).optional() };

/** What people do about a conflict. */
export const conflictStepSchema = z.discriminatedUnion("kind", [
  /** Somebody spoke with the other desk. */
  z.strictObject({ kind: z.literal("contacted"), ...step }),
  /** Another person takes it over. */
  z.strictObject({ kind: z.literal("handed-over"), to: personSchema, ...step }),
  /** More time, for a stated reason. */
  z.strictObject({
    kind: z.literal("extended"),
    until: z.iso.datetime(),
    ...step,
    note: z.string().min(1).max(3000),
  }),
  /** Work on the subject goes on, or is left to the other side. */
  z.strictObject({
    kind: z.literal("released"),
    how: z.enum(RELEASES),
    ...step,
    note: z.string().min(1).max(3000),
  }),
]);
export type ConflictStep = z.infer<typeof conflictStepSchema>;

/**
 * Two stations have an interest in one person. Work that the other could disturb waits until somebody releases it, and it has an
 * owner and a deadline from the first moment: a pause that nobody ends is how deconfliction fails (agency.md 1.3 #8).
 * It is never altered: each step is added, and where it stands is what the steps say.
 */
export const conflictSchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  /** This station's number of the matter. */
  matter: z.string().min(1).max(64),
  openedAt: z.iso.datetime(),
  owner: personSchema,
  deadline: z.iso.datetime(),
  /** Who asked whom. */
  side: z.enum(["asked", "was-asked"]),
  peer: z.string().min(1).max(64),
  query: z.uuid(),
  /** The asking side has the other's contact; the side that was asked waits for the call, under its own reference. */
  contact: contactSchema.optional(),
  reference: z.uuid(),
  steps: z.array(conflictStepSchema).max(100),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** Where a conflict stands. */
export interface ConflictStanding {
  state: "open" | "contacted" | "released";
  owner: z.infer<typeof personSchema>;
  deadline: string;
  /** The deadline has passed and nobody has released it. */
  overdue: boolean;
  /** Whether work on the subject waits. */
  paused: boolean;
  release?: (typeof RELEASES)[number];
}

/** Times that a deadline may be moved; after that somebody must decide. */
export const MOST_EXTENSIONS = 3;

/** Where a conflict stands at a time. @param now milliseconds since 1970 */
export function standingOf(conflict: Conflict, now: number): ConflictStanding {
  let state: ConflictStanding["state"] = "open";
  let { owner, deadline } = conflict;
  let release: ConflictStanding["release"];
  for (const each of conflict.steps) {
    if (each.kind === "contacted") state = "contacted";
    else if (each.kind === "handed-over") owner = each.to;
    else if (each.kind === "extended") deadline = each.until;
    else {
      state = "released";
      release = each.how;
    }
  }
  const isOpen = state !== "released";
  return {
    state,
    owner,
    deadline,
    overdue: isOpen && now >= Date.parse(deadline),
    paused: isOpen || release === "they-continue",
    ...(release === undefined ? {} : { release }),
  };
}

export type StepRefusal =
  | "released-already"
  | "before-the-last-step"
  | "shorter-deadline"
  | "too-many-extensions"
  | "too-many-steps";

/** Adds a step, or says why it cannot be. The conflict that was handed in stays as it is. */
export function addStep(
  conflict: Conflict,
  next: ConflictStep,
): { conflict: Conflict } | { refused: StepRefusal } {
  const at = Date.parse(next.at);
  const standing = standingOf(conflict, at);
  if (standing.state === "released") return { refused: "released-already" };
  const last = conflict.steps.at(-1)?.at ?? conflict.openedAt;
  if (at < Date.parse(last)) return { refused: "before-the-last-step" };
  if (next.kind === "extended") {
    if (Date.parse(next.until) <= Date.parse(standing.deadline)) return { refused: "shorter-deadline" };
    const extensions = conflict.steps.filter(({ kind }) => kind === "extended").length;
    if (extensions >= MOST_EXTENSIONS) return { refused: "too-many-extensions" };
  }
  // The last place is kept for the release, or a conflict could become one that nobody can end.
  if (conflict.steps.length >= 99 && next.kind !== "released") return { refused: "too-many-steps" };
  return { conflict: { ...conflict, steps: [...conflict.steps, next] } };
}

/** Who owns a new conflict, and how long it may stay open. */
export interface Opening {
  matter: string;
  owner: z.infer<typeof personSchema>;
  /** Hours until somebody must have released it. */
  hours: number;
  newId: () => string;
}

/**
 * The conflicts that follow from an answer: one for each token that was meant and hit. What the peer says about padding, about tokens
 * that were not asked, or under another query's number counts for nothing.
 * @param opening for an interest, who owns what
 * @param now milliseconds since 1970
 */
export function conflictsIn(
  asked: AskedQuery,
  answer: Answer,
  opening: (interest: Interest) => Opening,
  now: number,
): Conflict[] {
  const { query, interests } = asked;
  if (answer.query !== query.id || answer.from !== query.to || answer.to !== query.from) return [];
  return answer.results.flatMap((result) => {
    const interest = result.hit ? interests.get(result.token) : undefined;
    if (!result.hit || interest === undefined) return [];
    const { contact } = result;
    return [
      openConflict(
        { side: "asked", peer: query.to, query: query.id, reference: contact.reference, contact },
        opening(interest),
        now,
      ),
    ];
  });
}

/** A conflict as it begins, on either side. @param now milliseconds since 1970 */
export function openConflict(
  about: Pick<Conflict, "side" | "peer" | "query" | "reference"> & { contact?: Contact },
  { matter, owner, hours, newId }: Opening,
  now: number,
): Conflict {
  return {
    version: 1,
    id: newId(),
    matter,
    openedAt: new Date(now).toISOString(),
    owner,
    deadline: new Date(now + hours * 3_600_000).toISOString(),
    ...about,
    steps: [],
  };
}

/** Conflicts that are overdue, the longest first: what a lead sees every morning until each is released. */
export function overdueConflicts(conflicts: readonly Conflict[], now: number): Conflict[] {
  return conflicts
    .map((conflict) => ({ conflict, standing: standingOf(conflict, now) }))
    .filter(({ standing }) => standing.overdue)
    .sort((a, b) => (a.standing.deadline < b.standing.deadline ? -1 : 1))
    .map(({ conflict }) => conflict);
}
