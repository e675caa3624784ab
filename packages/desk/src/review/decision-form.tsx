import { useState } from "react";
import { Form } from "react-aria-components";
import type { MediaDecision, ReviewItem } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { CheckInput, ChoiceInput, SelectInput, TextInput } from "../ui/fields.tsx";
import { ErrorNotice } from "../ui/notice.tsx";

const GRADES = ["none", "A1", "A2", "B1", "B2"] as const;

interface Props {
  item: ReviewItem;
  fileWith: string | undefined;
  isBusy: boolean;
  error: unknown;
  onDecide: (decision: MediaDecision) => void;
}

/** What a person decides about the file in hand, for all who posted it and will. */
export function MediaDecisionForm({ item, fileWith, isBusy, error, onDecide }: Props) {
  const [decision, setDecision] = useState<MediaDecision["decision"]>();
  const [grade, setGrade] = useState<(typeof GRADES)[number]>("none");
  const [note, setNote] = useState("");
  const [alsoNear, setAlsoNear] = useState(false);
  const submit = () => {
    if (decision === undefined || isBusy) return;
    onDecide({
      decision,
      ...(decision === "report" && grade !== "none" ? { grade } : {}),
      ...(note.trim() === "" ? {} : { note: note.trim() }),
      alsoFor: alsoNear ? item.near.map(({ sha256 }) => sha256) : [],
    });
  };
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ChoiceInput
        label={t("review.decision")}
        value={decision}
        onChange={setDecision}
        choices={[
          {
            value: "report",
            label: t("review.decision.report"),
            hint:
              fileWith === undefined
                ? t("review.decision.report-hint")
                : t("review.decision.files-hint", { peer: fileWith }),
          },
          { value: "leave", label: t("review.decision.leave"), hint: t("review.decision.leave-hint") },
        ]}
      />
      {decision === "report" && (
        <SelectInput
          label={t("review.grade")}
          hint={t("review.grade-hint")}
          value={grade}
          onChange={setGrade}
          groups={[{ choices: GRADES.map((value) => ({ value, label: t(`review.grade.${value}`) })) }]}
        />
      )}
      {item.near.length > 0 && (
        <CheckInput
          label={t("review.near", { count: item.near.length })}
          hint={t("review.near-hint", { bits: Math.max(...item.near.map(({ distance }) => distance)) })}
          checked={alsoNear}
          onChange={setAlsoNear}
        />
      )}
      <TextInput label={t("review.note")} value={note} onChange={setNote} lines={2} />
      {error !== null && <ErrorNotice error={error} acted />}
      <div className="buttons">
        <Button type="submit" look="primary" isDisabled={isBusy}>
          {t("review.decide")}
        </Button>
        <output>{isBusy ? t("common.sending") : ""}</output>
      </div>
    </Form>
  );
}
