import type { Leaf } from "./leaves.ts";

/**
 * The account of one document on its way into a report. Every value of the document is in it, and what nobody takes becomes
 * a statement at the end: so nothing that was sent can be forgotten, whatever the mapping overlooks.
 */
export interface Ledger {
  /** The report now holds this value so that it can be written back exactly. */
  readonly take: (path: string) => void;
  /** The report now holds what this value means, but not its exact form. */
  readonly takeMeaning: (path: string) => void;
  /** The report now says something at this path that the document left unsaid. */
  readonly unsaid: (path: string) => void;
  readonly balance: () => Balance;
}

/** A value and its path; null stands for "not sent", where writing the report back would send something. */
export type Remainder = readonly [path: string, text: string | null];

export interface Balance {
  /** Values for which the report had no place. */
  readonly left: readonly Leaf[];
  /** What is needed beside the report to write the document back exactly. */
  readonly forms: readonly Remainder[];
}

export function openLedger(leaves: readonly Leaf[]): Ledger {
  const open = new Map(leaves.map(({ path, text }) => [path, text]));
  const forms: Remainder[] = [];
  return {
    take: (path) => {
      open.delete(path);
    },
    takeMeaning: (path) => {
      const text = open.get(path);
      if (text === undefined) return;
      open.delete(path);
      forms.push([path, text]);
    },
    unsaid: (path) => {
      forms.push([path, null]);
    },
    balance: () => {
      const left = [...open].map(([path, text]) => ({ path, text }));
      return {
        left: left.filter(({ text }) => text !== ""),
        // A statement cannot be empty, but an empty element was sent.
        forms: [...forms, ...left.filter(({ text }) => text === "").map(({ path }) => [path, ""] as const)],
      };
    },
  };
}
