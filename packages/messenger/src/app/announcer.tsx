import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";

/** Long enough to be read out; after that nothing of what was said stays in the page. */
const SAID_MS = 8_000;

const AnnouncerContext = createContext<(text: string) => void>(() => undefined);

/** One polite live region for the whole messenger: news and results are said as well as shown. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState("");
  const count = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback((next: string) => {
    // The same words twice in a row are two results; an invisible difference makes them be read again.
    count.current += 1;
    setText(count.current % 2 === 0 ? next : `${next}\u00A0`);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setText(""), SAID_MS);
  }, []);
  return (
    <AnnouncerContext value={announce}>
      {children}
      {/* React Aria hides everything outside an open dialog from assistive technology, except live announcers. */}
      <output className="visually-hidden" aria-live="polite" data-live-announcer="true">
        {text}
      </output>
    </AnnouncerContext>
  );
}

export function useAnnounce(): (text: string) => void {
  return useContext(AnnouncerContext);
}
