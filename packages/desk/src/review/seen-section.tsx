import { useState } from "react";
import type { ReviewState } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { Button } from "../ui/button.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { TextInput } from "../ui/fields.tsx";
import { Section } from "../ui/section.tsx";
import { Instant } from "../ui/words.tsx";
import { useReviewAct } from "./use-review-act.ts";

interface Props {
  seen: ReviewState["seen"];
  mayHandOn: boolean;
}

/** Files that a colleague has seen and not decided: nobody else is shown them unless a lead says so. */
export function SeenSection({ seen, mayHandOn }: Props) {
  const [handing, setHanding] = useState<string>();
  return (
    <Section id="seen" title={t("review.seen.title")} count={seen.length}>
      <p className="hint">{t("review.seen.intro")}</p>
      <ul className="plain">
        {seen.map(({ sha256, by, at }) => (
          <li key={sha256}>
            {t("review.seen.by", { by })} <Instant at={at} />{" "}
            {mayHandOn && (
              <Button look="link" onPress={() => setHanding(sha256)}>
                {t("review.hand-on")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {handing !== undefined && <HandOnDialog sha256={handing} onClose={() => setHanding(undefined)} />}
    </Section>
  );
}

function HandOnDialog({ sha256, onClose }: { sha256: string; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const act = useReviewAct<string>(
    async (api, why) =>
      await api.call("POST /api/review/files/{sha256}/hand-on", { path: { sha256 }, body: { reason: why } }),
    () => t("review.handed-on"),
    onClose,
  );
  return (
    <DeskDialog title={t("review.hand-on")} isOpen onClose={onClose} isBusy={act.isPending}>
      <DecisionForm
        confirm={t("review.hand-on")}
        isBusy={act.isPending}
        error={act.error}
        onCancel={onClose}
        onSubmit={() => act.mutate(reason.trim())}
      >
        <p>{t("review.hand-on.text")}</p>
        <TextInput label={t("review.reason")} value={reason} onChange={setReason} required lines={2} />
      </DecisionForm>
    </DeskDialog>
  );
}
