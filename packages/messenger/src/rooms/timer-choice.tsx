import { useMe, useMessenger } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { spanWords } from "../time/when.ts";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { SelectInput } from "../ui/fields.tsx";

/** From a glance to a month; what the clocks of people know. */
const SPANS = [30, 300, 3_600, 86_400, 604_800, 2_419_200];

/** How long new messages stay. */
export function TimerChoice({ roomId, seconds }: { roomId: string; seconds: number | null }) {
  const messenger = useMessenger();
  const { reportableHours } = useMe();
  const set = useAction((next: string) => messenger.setTimer(roomId, next === "never" ? null : Number(next)));
  const spans =
    seconds === null || SPANS.includes(seconds) ? SPANS : [...SPANS, seconds].toSorted((a, b) => a - b);
  return (
    <>
      <SelectInput
        label={t("timer.label")}
        hint={t("timer.hint")}
        value={seconds === null ? "never" : String(seconds)}
        onChange={set.run}
        choices={[
          { value: "never", label: t("timer.never") },
          ...spans.map((span) => ({ value: String(span), label: spanWords(span) })),
        ]}
      />
      <p className="hint">{t("timer.reportable", { span: spanWords(reportableHours * 3_600) })}</p>
      <ErrorNotice error={set.error} />
    </>
  );
}
