import { useCallback, useLayoutEffect, useRef, useState } from "react";

export interface Action<Arguments extends unknown[]> {
  run: (...values: Arguments) => void;
  isBusy: boolean;
  /** What went wrong the last time; undefined after success and while it runs. */
  error: unknown;
}

/** Something that takes a while and can fail: once at a time, with its failure kept for the page to show. */
export function useAction<Arguments extends unknown[]>(
  act: (...values: Arguments) => Promise<void>,
): Action<Arguments> {
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({
    isBusy: false,
    error: undefined,
  });
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  const busy = useRef(false);
  const run = useCallback((...values: Arguments) => {
    const go = async () => {
      busy.current = true;
      setState({ isBusy: true, error: undefined });
      let failure: unknown;
      try {
        await latest.current(...values);
      } catch (error) {
        failure = error ?? new Error("failed without a reason");
      }
      busy.current = false;
      setState({ isBusy: false, error: failure });
    };
    if (!busy.current) void go();
  }, []);
  return { run, ...state };
}
