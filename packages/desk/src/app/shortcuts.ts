import { useEffect } from "react";
import { usePreferences } from "./preferences.ts";

export type ShortcutKey = "j" | "k" | "n" | "r" | "o" | "c" | "u" | "e" | "q" | "a" | "s" | "d" | "?";
export type Shortcuts = Partial<Record<ShortcutKey, (() => void) | undefined>>;

/**
 * Single-key shortcuts of the page on the screen. They are silent while somebody types, while a dialog is open, with a
 * modifier held, and when the person switched them off.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const [{ singleKeys }] = usePreferences();
  useEffect(() => {
    if (!singleKeys) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const act = shortcuts[event.key as ShortcutKey];
      if (act === undefined || event.defaultPrevented || !isFree(event)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });
}

function isFree(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
  if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return false;
  const target = event.target;
  return !(
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}
