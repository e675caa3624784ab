import type { NewArrivalDecision } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { useDecision } from "../report/actions/use-decision.ts";
import { ReasonDialog, type WithoutReason } from "../subjects/reason-dialog.tsx";

/** What is about to be decided about the report `of`; `number` is that of the report that the words name. */
export type ArrivalDraft =
  | { of: string; decision: WithoutReason<NewArrivalDecision>; number: string }
  | { of: string; undo: string };

interface Props {
  /** The report whose page is shown. */
  id: string;
  draft: ArrivalDraft;
  onClose: () => void;
}

/** A person's decision about which arrivals are one report, or taking one back: with its reason, which the log keeps. */
export function ArrivalDialog({ id, draft, onClose }: Props) {
  const made = useDecision(
    id,
    async (api, reason: string) => {
      const path = { id: draft.of };
      const view =
        "undo" in draft
          ? await api.call("POST /api/reports/{id}/arrival-decisions/{decision}/undo", {
              path: { ...path, decision: draft.undo },
              body: { reason },
            })
          : await api.call("POST /api/reports/{id}/arrival-decisions", {
              path,
              body: { ...draft.decision, reason },
            });
      // Parted from the page of another, the answer is that other's.
      return draft.of === id ? view : await api.call("GET /api/reports/{id}", { path: { id } });
    },
    () => t("decide.done"),
    onClose,
  );
  const [title, text] = wordsOf(draft);
  return (
    <ReasonDialog
      title={title}
      text={text}
      isBusy={made.isPending}
      error={made.error}
      onSubmit={(reason) => made.mutate(reason)}
      onClose={onClose}
    />
  );
}

function wordsOf(draft: ArrivalDraft): [string, string] {
  if ("undo" in draft) return [t("arrivals.decide.undo.title"), t("arrivals.decide.undo.text")];
  const { decision, number } = draft;
  return [
    t(`arrivals.decide.${decision.kind}.title`, { number }),
    t(`arrivals.decide.${decision.kind}.text`),
  ];
}
