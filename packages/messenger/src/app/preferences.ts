import { createContext, useContext, useSyncExternalStore } from "react";

/** What one person chose for this browser. It is about their eyes and hands, never about people. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  /** Return sends, and Shift with Return begins a new line. Off: the other way round. */
  enterSends: boolean;
}

export const defaultPreferences: Preferences = { theme: "system", enterSends: true };

export interface PreferenceStore {
  get: () => Preferences;
  set: (change: Partial<Preferences>) => void;
  subscribe: (listener: () => void) => () => void;
}

const KEY = "fairlead-messenger";

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
  const themes = ["system", "light", "dark"] as const;
  return {
    theme: themes.find((theme) => theme === stored["theme"]) ?? defaultPreferences.theme,
    enterSends:
      typeof stored["enterSends"] === "boolean" ? stored["enterSends"] : defaultPreferences.enterSends,
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

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
