import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const NowContext = createContext(0);

/** The clock for words such as `Yesterday`: one for the whole page, half a minute a step. */
export function NowProvider({ clock, children }: { clock: () => number; children: ReactNode }) {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), 30_000);
    return () => clearInterval(timer);
  }, [clock]);
  return <NowContext value={now}>{children}</NowContext>;
}

/** Milliseconds since 1970, at most half a minute old. */
export function useNow(): number {
  return useContext(NowContext);
}
