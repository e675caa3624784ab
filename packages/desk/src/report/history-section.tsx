import { useState } from "react";
import type { LeafView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { Instant, Tag, Unknown } from "../ui/words.tsx";
import { ProofDialog } from "./proof-dialog.tsx";

/** Everything that was done with this report, as the audit log holds it. */
export function HistorySection({ view }: { view: ReportView }) {
  const [proving, setProving] = useState<LeafView>();
  return (
    <Section id="history" title={t("history.title")} count={view.history.length}>
      <Gradually items={view.history.toReversed()}>
        {(items) => (
          <ol className="timeline">
            {items.map((leaf) => (
              <li key={leaf.id} className="timeline-item">
                <p className="timeline-title">{leaf.text}</p>
                <p className="timeline-by">
                  {leaf.actor}, <Instant at={leaf.at} />{" "}
                  {leaf.index === undefined ? (
                    <Unknown>{t("history.pending")}</Unknown>
                  ) : (
                    <>
                      <Tag tone="quiet">{t("history.index", { index: leaf.index })}</Tag>{" "}
                      <Button
                        look="link"
                        onPress={() => setProving(leaf)}
                        aria-label={t("history.proof-of", { text: leaf.text })}
                      >
                        {t("history.proof")}
                      </Button>
                    </>
                  )}
                </p>
              </li>
            ))}
          </ol>
        )}
      </Gradually>
      {proving !== undefined && <ProofDialog leaf={proving} onClose={() => setProving(undefined)} />}
    </Section>
  );
}
