import type { OriginProof, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Section } from "../ui/section.tsx";
import { OriginCard } from "./origin-card.tsx";

/** Whether a report has anything to do with proofs of origin. */
export function hasOrigin({ proofs, evidence }: ReportView): boolean {
  return proofs.length > 0 || evidence.some(({ kind }) => kind === "message-bundle");
}

/** What is proven about messages from an encrypted conversation, and what is not, before anybody opens them. */
export function OriginSection({ view }: { view: ReportView }) {
  if (!hasOrigin(view)) return null;
  const proofs: readonly OriginProof[] = view.proofs;
  return (
    <Section id="origin" title={t("origin.title")}>
      {proofs.length === 0 && <p>{t("origin.none")}</p>}
      {proofs.map((proof) => (
        <OriginCard key={proof.attestation} proof={proof} />
      ))}
    </Section>
  );
}
