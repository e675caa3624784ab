import type { ReactNode } from "react";
import { Form } from "react-aria-components";
import { t } from "../../messages/catalogue.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/notice.tsx";

interface Props {
  /** The name of the decision, on the button that makes it. */
  confirm: string;
  isBusy: boolean;
  error: unknown;
  onSubmit: () => void;
  onCancel: () => void;
  /** The word on the other button; `cancel` when it is left out. */
  cancel?: string;
  children: ReactNode;
}

/** The form of every decision: its fields, what went wrong, and two buttons. */
export function DecisionForm({ confirm, isBusy, error, onSubmit, onCancel, cancel, children }: Props) {
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSubmit();
      }}
    >
      {children}
      {error !== null && <ErrorNotice error={error} acted />}
      <div className="buttons">
        <Button type="submit" look="primary">
          {confirm}
        </Button>
        <Button onPress={onCancel} isDisabled={isBusy}>
          {cancel ?? t("common.cancel")}
        </Button>
        <output>{isBusy ? t("common.sending") : ""}</output>
      </div>
    </Form>
  );
}
