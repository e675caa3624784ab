import { createContext, useContext, useSyncExternalStore } from "react";

/** What one person chose for this browser. It is about their eyes and hands, never about reports. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  /** Shortcuts of one key; WCAG 2.1.4 asks that they can be switched off. */
  singleKeys: boolean;
  evidence: EvidenceComfort;
}

/** How evidence looks when it opens: blurred and grey unless the person chose otherwise (trust.md 3.1). */
export interface EvidenceComfort {
  blur: "strong" | "light" | "none";
  grey: boolean;
  small: boolean;
}

export const defaultPreferences: Preferences = {
  theme: "system",
  singleKeys: true,
  evidence: { blur: "strong", grey: true, small: true },
};

export interface PreferenceStore {
  get: () => Preferences;
  set: (change: Partial<Preferences>) => void;
  subscribe: (listener: () => void) => () => void;
}

const KEY = "fairlead-desk";

/** Keeps preferences in `storage`; a browser that forbids storage keeps them until the page is closed. */
export function createPreferenceStore(
  storage: Pick<Storage, "getItem" | "setItem"> | undefined,
): PreferenceStore {
  let current = parsePreferences(quietly(() => storage?.getItem(KEY)));
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(change) {
      current = { ...current, ...change };
      quietly(() => storage?.setItem(KEY, JSON.stringify(current)));
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Reads what was stored, field by field: what is missing or from another version becomes the default. */
export function parsePreferences(text: string | null | undefined): Preferences {
  const stored = record(quietly(() => JSON.parse(text ?? "{}") as unknown));
  const evidence = record(stored["evidence"]);
  const fallback = defaultPreferences;
  return {
    theme: oneOf(["system", "light", "dark"] as const, stored["theme"]) ?? fallback.theme,
    singleKeys: typeof stored["singleKeys"] === "boolean" ? stored["singleKeys"] : fallback.singleKeys,
    evidence: {
      blur: oneOf(["strong", "light", "none"] as const, evidence["blur"]) ?? fallback.evidence.blur,
      grey: typeof evidence["grey"] === "boolean" ? evidence["grey"] : fallback.evidence.grey,
      small: typeof evidence["small"] === "boolean" ? evidence["small"] : fallback.evidence.small,
    },
  };
}

export const PreferenceContext = createContext<PreferenceStore>(createPreferenceStore(undefined));

export function usePreferences(): [Preferences, PreferenceStore["set"]] {
  const store = useContext(PreferenceContext);
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((item) => item === value);
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
