import { useState } from "react";
import type { EvidenceView, ReportView } from "../api/shapes.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { EvidenceCard } from "./evidence-card.tsx";
import { OpenDialog } from "./open-dialog.tsx";

/** Evidence, closed: each piece's place says what is known of it, so that most decisions need no opening. */
export function EvidenceSection({ view }: { view: ReportView }) {
  const [opening, setOpening] = useState<EvidenceView>();
  const mayOpen = view.may.includes("open-evidence");
  // The sender's own document is kept as evidence too, but nobody looks there first.
  const items = [...view.evidence].sort((a, b) => rank(a) - rank(b));
  useShortcuts({
    e: () =>
      (
        document.querySelector<HTMLElement>("#evidence button") ?? document.getElementById("evidence-title")
      )?.focus(),
  });
  return (
    <Section id="evidence" title={t("evidence.title")} count={items.length}>
      {items.length === 0 && <p>{t("evidence.none")}</p>}
      {items.length > 0 && <p className="hint">{t(mayOpen ? "evidence.closed" : "evidence.may-not-open")}</p>}
      <Gradually items={items} step={12}>
        {(shown) => (
          <ul className="evidence-list">
            {shown.map((evidence) => (
              <EvidenceCard
                key={evidence.id}
                evidence={evidence}
                declared={view.report.evidence.find(({ id }) => id === evidence.id)}
                {...(mayOpen ? { onOpen: () => setOpening(evidence) } : {})}
              />
            ))}
          </ul>
        )}
      </Gradually>
      {opening !== undefined && (
        <OpenDialog key={opening.id} view={view} evidence={opening} onClose={() => setOpening(undefined)} />
      )}
    </Section>
  );
}

function rank({ kind }: EvidenceView): number {
  return kind === "wire-document" ? 1 : 0;
}
