import type { Claim, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { Instant, Tag } from "../ui/words.tsx";
import { claimsOf, sourceWords, statementWords, targetWords } from "./claim-words.ts";

/** Everything that anybody has said about this report, by whom and when. A flag is a claim, never a fact (law 3). */
export function ClaimsSection({ view }: { view: ReportView }) {
  const claims = claimsOf(view);
  const added = new Set(view.claims);
  return (
    <Section id="claims" title={t("claims.title")} count={claims.length}>
      {claims.length === 0 && <p>{t("claims.none")}</p>}
      <Gradually
        items={claims.map((claim, index) => ({ claim, key: `${index} ${JSON.stringify(claim.states)}` }))}
      >
        {(items) => (
          <ol className="timeline">
            {items.map(({ claim, key }) => (
              <ClaimItem key={key} claim={claim} isAdded={added.has(claim)} view={view} />
            ))}
          </ol>
        )}
      </Gradually>
    </Section>
  );
}

function ClaimItem({ claim, isAdded, view }: { claim: Claim; isAdded: boolean; view: ReportView }) {
  return (
    <li className="timeline-item">
      <p className="timeline-title">
        <span className="timeline-about">{targetWords(claim.about, view.evidence)}</span>{" "}
        {statementWords(claim.states)} {isAdded && <Tag tone="quiet">{t("claims.added")}</Tag>}
      </p>
      <p className="timeline-by">
        {sourceWords(claim.source)}
        {claim.madeAt !== undefined && (
          <>
            {", "}
            <Instant at={claim.madeAt} />
          </>
        )}
      </p>
    </li>
  );
}
