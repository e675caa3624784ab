import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Nearer to the end than this, in pixels, somebody is reading what comes in. */
const NEAR = 96;

export interface StayDown {
  box: RefObject<HTMLDivElement | null>;
  /** The reader has gone up: what comes in is below the screen. */
  isAway: boolean;
  isNear: () => boolean;
  toEnd: () => void;
  onScroll: () => void;
}

/**
 * Keeps a conversation where its reader is: at the end while they are at the end, and otherwise where they were, also when older
 * messages are put above.
 *
 * @param messages the loaded ones; whoever moved away from the end stays there while they are the same
 * @param startAt where to begin: the key of the first unread message; null for the end
 */
export function useStayDown(messages: readonly { readonly key: string }[], startAt: string | null): StayDown {
  const box = useRef<HTMLDivElement>(null);
  const [isAway, setIsAway] = useState(false);
  const near = useRef(true);
  const before = useRef<{ firstKey: string; height: number } | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const firstKey = messages[0]?.key;
    if (element === null || firstKey === undefined) return;
    const last = before.current;
    const start = startAt === null ? null : element.querySelector(`[data-key="${CSS.escape(startAt)}"]`);
    if (last === null && start !== null) start.scrollIntoView({ block: "center" });
    else if (last !== null && last.firstKey !== firstKey)
      element.scrollTop += element.scrollHeight - last.height;
    else if (near.current) element.scrollTop = element.scrollHeight;
    before.current = { firstKey, height: element.scrollHeight };
  }, [messages, startAt]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    // The keyboard of a phone and a growing text field both take room from below.
    const observer = new ResizeObserver(() => {
      if (near.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const isNear = useCallback(() => near.current, []);
  const toEnd = useCallback(() => {
    const element = box.current;
    near.current = true;
    setIsAway(false);
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  const onScroll = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    near.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    setIsAway(!near.current);
  }, []);
  return { box, isAway, isNear, toEnd, onScroll };
}
