import { type KeyboardEvent, type RefObject, useRef, useState } from "react";

export interface Roving {
  list: RefObject<HTMLDivElement | null>;
  /** The one line that Tab comes to. */
  current: string | null;
  onFocus: (key: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  focus: (key: string) => void;
}

/** How far Page Up and Page Down go. */
const PAGE = 10;

/**
 * One Tab stop for a list of any length: Tab comes to the line that had the focus last, arrow keys move between lines, Tab goes
 * on into what the line holds.
 *
 * @param keys of the lines, in the order of the screen; the lines carry them as `data-key`
 * @param start where Tab comes to first
 */
export function useRoving(keys: readonly string[], start: "first" | "last"): Roving {
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const fallback = (start === "last" ? keys.at(-1) : keys[0]) ?? null;
  const current = chosen !== null && keys.includes(chosen) ? chosen : fallback;
  const focus = (key: string) => {
    setChosen(key);
    list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  return {
    list,
    current,
    onFocus: setChosen,
    focus,
    onKeyDown(event) {
      // What is open above the list is its child for React, but not on the screen.
      if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return;
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (
        event.target instanceof HTMLElement &&
        event.target.matches("input, textarea, select, [role=radio]")
      )
        return;
      const next = target(event.key, keys, current);
      if (next === null) return;
      event.preventDefault();
      focus(next);
    },
  };
}

function target(key: string, keys: readonly string[], current: string | null): string | null {
  const index = current === null ? -1 : keys.indexOf(current);
  const clamp = (at: number) => keys[Math.min(Math.max(at, 0), keys.length - 1)] ?? null;
  switch (key) {
    case "ArrowUp":
      return clamp(index - 1);
    case "ArrowDown":
      return clamp(index + 1);
    case "PageUp":
      return clamp(index - PAGE);
    case "PageDown":
      return clamp(index + PAGE);
    case "Home":
      return clamp(0);
    case "End":
      return clamp(keys.length - 1);
    default:
      return null;
  }
}
