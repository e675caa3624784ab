import { useState } from "react";
import type { TaskEffect, TaskView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { TextInput } from "../ui/fields.tsx";
import { useTaskAct } from "./use-task-act.ts";

interface Props {
  task: TaskView;
  kind: "elsewhere" | "close";
  /** Only this one of what the task is about. */
  effect?: TaskEffect | undefined;
  onClose: () => void;
}

/** Ends a task, or one thing that it is about, with the person's own reason. */
export function ReasonDialog({ task, kind, effect, onClose }: Props) {
  const [reason, setReason] = useState("");
  const act = useTaskAct(task.id, onClose);
  const said = reason.trim();
  return (
    <DeskDialog title={t(`tasks.${kind}.title`)} isOpen onClose={onClose} isBusy={act.isPending}>
      <DecisionForm
        confirm={t(`tasks.act.${kind}`)}
        isBusy={act.isPending}
        error={act.error}
        onCancel={onClose}
        onSubmit={() =>
          act.mutate(
            kind === "close"
              ? { kind, reason: said }
              : { kind, reason: said, ...(effect === undefined ? {} : { effect: effect.id }) },
          )
        }
      >
        <p>{effect === undefined ? task.text : t("tasks.act-one", { number: effect.number })}</p>
        <TextInput
          label={t("tasks.reason")}
          hint={t(`tasks.${kind}.hint`)}
          value={reason}
          onChange={setReason}
          required
          minLength={3}
          maxLength={2000}
          lines={3}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
