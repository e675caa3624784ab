import { useState } from "react";
import type { NewSafeguardingStep } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ReasonInput } from "../ui/fields.tsx";
import { useStep } from "./use-step.ts";

interface Props {
  report: string;
  words: { title: string; intro?: string; label: string; hint?: string; confirm: string; done: string };
  step: (reason: string) => NewSafeguardingStep;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** A step that needs a reason and nothing else: that no referral is needed, or that one is withdrawn. */
export function ReasonDialog({ report, words, step, onClose, onDone }: Props) {
  const [reason, setReason] = useState("");
  const decision = useStep(report, () => words.done, onDone);
  return (
    <DeskDialog title={words.title} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={words.confirm}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => decision.mutate(step(reason.trim()))}
      >
        {words.intro !== undefined && <p>{words.intro}</p>}
        <ReasonInput
          label={words.label}
          {...(words.hint === undefined ? {} : { hint: words.hint })}
          value={reason}
          onChange={setReason}
        />
      </DecisionForm>
    </DeskDialog>
  );
}

/** The words of the decision that no referral is needed. */
export function declineWords(number: string): Props["words"] {
  return {
    title: t("decline.title", { number }),
    intro: t("decline.intro"),
    label: t("decline.reason"),
    hint: t("decline.reason-hint"),
    confirm: t("decline.confirm"),
    done: t("decline.done"),
  };
}

/** The words of taking a referral back. */
export function withdrawWords(authority: string, isTold: boolean): Props["words"] {
  return {
    title: t("withdraw.title", { authority }),
    ...(isTold ? { intro: t("withdraw.told") } : {}),
    label: t("withdraw.reason"),
    confirm: t("withdraw.confirm"),
    done: t("withdraw.done"),
  };
}
