import { useCallback, useEffect, useRef, useState } from "react";
import { useMessenger } from "../app/messenger-context.tsx";
import type { DraftChange, ReportDraft } from "../client/report/types.ts";
import { beginDraft, type ReportSubject } from "./begin-draft.ts";

export interface DraftState {
  /** Undefined while it is being made; null if there is nothing that could be reported. */
  draft: ReportDraft | null | undefined;
  /** Changes are made one after the other, however fast they come. */
  change: (...changes: readonly DraftChange[]) => void;
  error: unknown;
}

/** The draft of the open report sheet. */
export function useDraft(subject: ReportSubject): DraftState {
  const messenger = useMessenger();
  const [draft, setDraft] = useState<ReportDraft | null>();
  const [error, setError] = useState<unknown>();
  const latest = useRef<ReportDraft | null>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const enqueue = useCallback((work: (before: ReportDraft | null) => Promise<ReportDraft | null>) => {
    const next = async (before: Promise<void>) => {
      await before;
      try {
        latest.current = await work(latest.current);
        setDraft(latest.current);
        setError(undefined);
      } catch (problem) {
        setError(problem);
      }
    };
    queue.current = next(queue.current);
  }, []);
  useEffect(() => {
    enqueue(() => beginDraft(messenger, subject));
  }, [enqueue, messenger, subject]);
  const change = useCallback(
    (...changes: readonly DraftChange[]) => {
      enqueue(async (before) => {
        let draft = before;
        for (const one of changes) if (draft !== null) draft = await messenger.reviseReport(draft, one);
        return draft;
      });
    },
    [enqueue, messenger],
  );
  return { draft, change, error };
}
