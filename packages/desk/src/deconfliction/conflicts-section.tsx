import { useState } from "react";
import type { ReportView } from "../api/shapes.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { t } from "../messages/catalogue.ts";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { ConflictCard } from "./conflict-card.tsx";
import { holding } from "./conflict-words.ts";

/** Other agencies that have an interest in the same person. Not there where nobody has. */
export function ConflictsSection({ view }: { view: ReportView }) {
  const { conflicts, entry } = view;
  const [done, setDone] = useState<string>();
  useShortcuts({
    d:
      conflicts.length === 0
        ? undefined
        : () =>
            (
              document.querySelector<HTMLElement>("#conflicts button") ??
              document.getElementById("conflicts-title")
            )?.focus(),
  });
  if (conflicts.length === 0) return null;
  return (
    <Section id="conflicts" title={t("conflicts.title")} count={conflicts.length}>
      {done !== undefined && <Notice tone="done" title={done} />}
      {holding(conflicts).length > 0 && (
        <Notice title={t("conflicts.holds")}>
          <p>{t("conflicts.holds-back")}</p>
          <p>{t("conflicts.goes-on")}</p>
        </Notice>
      )}
      <ul className="cards">
        {conflicts.map((conflict) => (
          <li key={conflict.peer}>
            <ConflictCard
              report={entry.id}
              conflict={conflict}
              mayAct={view.may.includes("deconflict")}
              onDone={setDone}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Before a step that another agency's work could notice: whom to speak with first. */
export function ConflictWarning({ view }: { view: ReportView }) {
  const open = holding(view.conflicts);
  if (open.length === 0) return null;
  return (
    <Notice title={t("conflicts.warn.title")}>
      <p>{t("conflicts.warn.text", { peers: open.map(({ peerName }) => peerName).join(", ") })}</p>
    </Notice>
  );
}
