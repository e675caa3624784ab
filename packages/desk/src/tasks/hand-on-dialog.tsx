import { useState } from "react";
import type { TaskList, TaskView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput } from "../ui/fields.tsx";
import { useTaskAct } from "./use-task-act.ts";

interface Props {
  task: TaskView;
  people: TaskList["people"];
  onClose: () => void;
}

/** Gives a task to a colleague, who has it from then on. */
export function HandOnDialog({ task, people, onClose }: Props) {
  const [to, setTo] = useState<string>();
  const act = useTaskAct(task.id, onClose);
  return (
    <DeskDialog title={t("tasks.hand-on.title")} isOpen onClose={onClose} isBusy={act.isPending}>
      <DecisionForm
        confirm={t("tasks.act.hand-on")}
        isBusy={act.isPending}
        error={act.error}
        onCancel={onClose}
        onSubmit={() => to !== undefined && act.mutate({ kind: "hand-on", to })}
      >
        <p>{task.text}</p>
        <ChoiceInput
          label={t("tasks.hand-on.to")}
          value={to}
          onChange={setTo}
          choices={people
            .filter(({ id }) => id !== task.owner?.id)
            .map(({ id, name, role }) => ({ value: id, label: name, hint: role }))}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
