/**
 * Where an effect on somebody else's machine stands: a report filed with a clearinghouse, a package delivered, an outcome returned, a
 * question asked.
 *
 * The rule that makes it safe (DESIGN, law 8): a stage is stored before the call that it announces is made, so that whoever comes next, after
 * any crash, knows what may have happened over there. What may have happened is found out, never repeated blindly: by sending the same
 * again where the other side knows our key, by asking under its own name where it gave one.
 */
export const STAGES = [
  /** Decided; nothing has left. */
  "intended",
  /** It may have arrived: nobody here knows. */
  "sent",
  /** The other side has given it a name, and has as many of its files as `files` says. */
  "named",
  /** Everything is there, and the call that ends it may have arrived. */
  "finishing",
  /** The other side's proof is here. */
  "confirmed",
  /** The other side, or our own data, says no for good: only a person can go on. */
  "refused",
  /** A person says with a reason that it was done in another way, or need not be done any more. */
  "elsewhere",
  /** What gave it a meaning is gone, such as the year of a key. */
  "lapsed",
] as const;
export type Stage = (typeof STAGES)[number];

/** Stages after which nothing is left to do. */
export const SETTLED: ReadonlySet<Stage> = new Set(["confirmed", "elsewhere", "lapsed"]);

/** What is in an effect's way. Only the first three can pass by themselves. */
export const TROUBLES = [
  "unreachable",
  "answer-invalid",
  "not-known",
  /** A person must change something here or there before it can go through: rights, a password, an address. */
  "blocked",
  "refused",
  /** This station failed at it: a file that cannot be read, a fault of its own. */
  "fault",
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Those that time alone does not take away. */
export const FOR_A_PERSON: ReadonlySet<Trouble> = new Set(["blocked", "refused", "fault"]);

export interface Effect {
  readonly stage: Stage;
  /** The furthest that it ever was, as `reachOf` has it: an attempt that starts afresh is no progress. */
  readonly reached: number;
  /** When it was intended or got further than ever before; milliseconds since 1970. */
  readonly movedAt: number;
  /** Attempts that failed. */
  readonly attempts: number;
  /** When this station tries again by itself; null: it does not. */
  readonly nextAt: number | null;
  readonly trouble: Trouble | null;
}

export type Happening =
  /** Stored before the call that it announces, or after one that gave a name or took a file. Starting afresh is `sent` again. */
  | { readonly kind: "step"; readonly stage: "sent" | "named" | "finishing"; readonly files?: number }
  | { readonly kind: "confirmed" }
  /** An attempt has ended without a proof. Whether it had its effect over there is open. */
  | {
      readonly kind: "failed";
      readonly trouble: Exclude<Trouble, "refused">;
      /** As the other side asked. */
      readonly retryAfterMs?: number | undefined;
      /** Others to the same peer wait for this one to get through; see `retryDelayMs`. */
      readonly leads?: boolean | undefined;
    }
  | { readonly kind: "refused" }
  /** A person has it tried again now; what was refused starts anew. */
  | { readonly kind: "again" }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "lapsed" };

/** More files than any report has: a stage outweighs every file of the one before. */
const FILES_AT_MOST = 1_000_000;
const RANKS: Partial<Record<Stage, number>> = { intended: 0, sent: 1, named: 2, finishing: 3, confirmed: 4 };

/** How far a stage is, as a number that only grows on the way to the end. */
export function reachOf(stage: Stage, files = 0): number {
  return (RANKS[stage] ?? 0) * FILES_AT_MOST + Math.min(files, FILES_AT_MOST - 1);
}

/** An effect as it is stored first. @param at milliseconds since 1970 */
export function intended(at: number): Effect {
  return { stage: "intended", reached: 0, movedAt: at, attempts: 0, nextAt: at, trouble: null };
}

/** Whether nothing is left to do. */
export function isSettled({ stage }: Pick<Effect, "stage">): boolean {
  return SETTLED.has(stage);
}

/** A peer that is being set up says no once or twice; what says no for longer will not say yes by itself. */
export const CERTAIN_AFTER = 3;

/** Whether time alone does not help. */
export function needsPerson({
  stage,
  trouble,
  attempts,
}: Pick<Effect, "stage" | "trouble" | "attempts">): boolean {
  if (SETTLED.has(stage) || trouble === null) return false;
  return stage === "refused" || (FOR_A_PERSON.has(trouble) && attempts >= CERTAIN_AFTER);
}

/**
 * The effect after something has happened to it. The same object comes back when that changes nothing: what is settled stays so, but for one
 * thing: a proof outweighs a person's word that it was done elsewhere, because it happened.
 * @param at milliseconds since 1970
 */
export function after(effect: Effect, happening: Happening, at: number): Effect {
  if (isSettled(effect))
    return happening.kind === "confirmed" && effect.stage === "elsewhere"
      ? settled(effect, "confirmed")
      : effect;
  switch (happening.kind) {
    case "step":
      return moved(effect, happening.stage, reachOf(happening.stage, happening.files), at);
    case "confirmed":
      return { ...settled(effect, "confirmed"), reached: reachOf("confirmed"), movedAt: at };
    case "failed":
      return effect.stage === "refused" ? effect : failed(effect, happening, at);
    case "refused":
      return { ...effect, stage: "refused", attempts: effect.attempts + 1, nextAt: null, trouble: "refused" };
    case "again":
      return effect.stage === "refused"
        ? { ...intended(at), attempts: effect.attempts }
        : { ...effect, nextAt: at };
    case "elsewhere":
    case "lapsed":
      return settled(effect, happening.kind);
  }
}

function moved(effect: Effect, stage: Stage, reach: number, at: number): Effect {
  if (effect.stage === "refused") return effect;
  if (reach <= effect.reached) return effect.stage === stage ? effect : { ...effect, stage };
  return { ...effect, stage, reached: reach, movedAt: at };
}

function settled(effect: Effect, stage: Stage): Effect {
  return { ...effect, stage, nextAt: null, trouble: null };
}

function failed(
  effect: Effect,
  { trouble, retryAfterMs = 0, leads = true }: Extract<Happening, { kind: "failed" }>,
  at: number,
): Effect {
  const attempts = effect.attempts + 1;
  return { ...effect, attempts, trouble, nextAt: at + Math.max(retryAfterMs, retryDelayMs(attempts, leads)) };
}

const FIRST_RETRY_MS = 500;
/** A fault that ends is over for everybody within half a minute, because the one that leads finds out. */
const LEADER_RETRY_MS = 20_000;
const OTHERS_RETRY_MS = 300_000;

/**
 * When to try again: quickly at first, because most failures are a restart, and then for ever, because nothing is given up by itself.
 * @param attempts how often it has failed, from 1
 * @param leads whether it is the one that finds out when the other side is back. The others to the same peer are asked rarely, and are
 *   woken when that one gets through: a peer that comes back is not met by everything at once, nor is one that is down.
 * @returns milliseconds to wait
 */
export function retryDelayMs(attempts: number, leads = true): number {
  const grown = FIRST_RETRY_MS * 2 ** Math.min(Math.max(attempts, 1) - 1, 10);
  return Math.min(grown, leads ? LEADER_RETRY_MS : OTHERS_RETRY_MS);
}
