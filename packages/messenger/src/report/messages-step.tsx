import { useNames, useVoice } from "../app/messenger-context.tsx";
import type { ReportDraft } from "../client/report/types.ts";
import { useRoving } from "../conversation/use-roving.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { DraftLineCard } from "./draft-line-card.tsx";
import type { DraftState } from "./use-draft.ts";
import { Status } from "../ui/status.tsx";

interface Props {
  draft: ReportDraft;
  change: DraftState["change"];
}

/** How many more messages one press offers. */
const MORE = 10;

/** The messages around what is reported. Each can be kept back, and the place of one that is kept back stays to be seen. */
export function MessagesStep({ draft, change }: Props) {
  const voice = useVoice();
  const nameOf = useNames();
  const keys = draft.lines.map(({ seq }) => String(seq));
  const { list, current, onFocus, onKeyDown } = useRoving(keys, "first");
  const counts = {
    shown: draft.lines.filter(({ role }) => role !== "withheld").length,
    kept: draft.lines.filter(({ role }) => role === "withheld").length,
  };
  return (
    <>
      <p>{say(voice, "report.messages.lead")}</p>
      <p className="hint for-keyboards">{t("report.messages.keys")}</p>
      {draft.hasOlder && (
        <div className="buttons">
          <Button onPress={() => change({ kind: "extend", older: MORE, newer: 0 })}>
            {t("report.messages.older", { count: MORE })}
          </Button>
          <Button look="link" onPress={() => change({ kind: "extend-to-all" })}>
            {t("report.messages.all")}
          </Button>
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- WAI-ARIA's feed: keys move between its articles */}
      <div
        className="draft-lines"
        role="feed"
        aria-label={t("report.messages.label")}
        ref={list}
        onKeyDown={onKeyDown}
      >
        {draft.lines.map((line, index) => (
          <DraftLineCard
            key={line.seq}
            line={line}
            name={line.from === null ? t("report.somebody") : nameOf(line.from)}
            isCurrent={current === String(line.seq)}
            place={{ at: index + 1, of: draft.lines.length }}
            onFocus={() => onFocus(String(line.seq))}
            onRole={(role) => change({ kind: "role", seq: line.seq, role })}
          />
        ))}
      </div>
      {draft.hasNewer && (
        <div className="buttons">
          <Button onPress={() => change({ kind: "extend", older: 0, newer: MORE })}>
            {t("report.messages.newer", { count: MORE })}
          </Button>
        </div>
      )}
      <Status look="count">{t("report.messages.count", counts)}</Status>
    </>
  );
}
