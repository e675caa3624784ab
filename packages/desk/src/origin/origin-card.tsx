import { useId } from "react";
import type { OriginProof } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag } from "../ui/words.tsx";
import { leadWords, notProvenWords, provenWords, withheldWords } from "./origin-words.ts";
import { StepsTables } from "./steps-tables.tsx";

/** One attestation: what is proven, what is not, what was kept back, by whom and when, and how to check it again. */
export function OriginCard({ proof }: { proof: OriginProof }) {
  const title = useId();
  const { attested, state } = proof;
  return (
    <article className="card origin" aria-labelledby={title}>
      <h3 id={title} className="card-title">
        <Tag tone={state === "proven" ? "strong" : state === "contradicted" ? "alert" : "plain"}>
          {t(`origin.state.${state}`)}
        </Tag>{" "}
        {attested !== undefined && (
          <AsSent>
            {t("origin.by", { provider: attested.provider.name, domain: attested.provider.domain })}
          </AsSent>
        )}
      </h3>
      <p className="origin-lead">{leadWords(proof)}</p>
      <Sentences title={t("origin.proven")} sentences={provenWords(proof)} />
      <Sentences title={t("origin.not-proven")} sentences={notProvenWords(proof)} />
      <Sentences title={t("origin.withheld")} sentences={withheldWords(proof)} />
      <h4>{t("origin.who")}</h4>
      <Who proof={proof} />
      {attested !== undefined && (
        <>
          <details className="details">
            <summary>{t("origin.steps")}</summary>
            <StepsTables attested={attested} />
          </details>
          <details className="details">
            <summary>{t("origin.again")}</summary>
            <p>{t("origin.again-text")}</p>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
            <pre className="long-text" tabIndex={0}>
              {VERIFY_COMMAND}
            </pre>
          </details>
        </>
      )}
    </article>
  );
}

/** What a person types, not words: it is the same in every language. */
const VERIFY_COMMAND = "fairlead franking verify FOLDER --provider provider-card.json";

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul className="known">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

function Who({ proof: { attested, checkedAt, keyIds } }: { proof: OriginProof }) {
  return (
    <SummaryList
      rows={[
        attested === undefined
          ? undefined
          : { term: t("origin.reporter"), value: <AsSent>{attested.reporter.uri}</AsSent> },
        attested === undefined
          ? undefined
          : { term: t("origin.room"), value: <AsSent>{attested.roomUri}</AsSent> },
        attested === undefined
          ? undefined
          : { term: t("origin.made-at"), value: <Instant at={attested.madeAt} /> },
        attested === undefined
          ? undefined
          : {
              term: t("origin.verifier"),
              value: <AsSent>{t("origin.verifier-value", attested.verifier)}</AsSent>,
            },
        attested === undefined
          ? undefined
          : { term: t("origin.report-id"), value: <code>{attested.reportId}</code> },
        { term: t("origin.checked-at"), value: <Instant at={checkedAt} /> },
        keyIds.length === 0
          ? undefined
          : {
              term: t("origin.keys"),
              value: (
                <code>
                  <AsSent>{keyIds.join(", ")}</AsSent>
                </code>
              ),
            },
      ]}
    />
  );
}
