import type { NewLinkDecision, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { useDecision } from "../report/actions/use-decision.ts";
import { keyKindWords, shortValue } from "./key-words.ts";
import { ReasonDialog, type WithoutReason } from "./reason-dialog.tsx";

/** What is about to be decided; `number` is the other report's. */
export type LinkDecisionDraft =
  | { decision: WithoutReason<NewLinkDecision>; number: string }
  | { undo: string };

interface Props {
  view: ReportView;
  draft: LinkDecisionDraft;
  onClose: () => void;
}

/** A person's decision about who is who, or taking one back: with its reason, which the log keeps. */
export function LinkDecisionDialog({ view, draft, onClose }: Props) {
  const { id } = view.entry;
  const made = useDecision(
    id,
    (api, reason: string) =>
      "undo" in draft
        ? api.call("POST /api/reports/{id}/link-decisions/{decision}/undo", {
            path: { id, decision: draft.undo },
            body: { reason },
          })
        : api.call("POST /api/reports/{id}/link-decisions", {
            path: { id },
            body: { ...draft.decision, reason },
          }),
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

function wordsOf(draft: LinkDecisionDraft): [string, string] {
  if ("undo" in draft) return [t("decide.undo.title"), t("decide.undo.text")];
  const { decision, number } = draft;
  if (decision.kind === "never-link") {
    const { kind, value } = decision.value;
    const title = t("decide.never-link.title", { kind: keyKindWords(kind), value: shortValue(value) });
    return [title, t("decide.never-link.text")];
  }
  return [t(`decide.${decision.kind}.title`, { number }), t(`decide.${decision.kind}.text`)];
}
