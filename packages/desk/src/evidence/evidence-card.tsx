import type { DeclaredEvidence, EvidenceView } from "../api/shapes.ts";
import { evidenceName } from "../report/claim-words.ts";
import { StatedTime } from "../report/stated-time.tsx";
import { isMessageKey, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Unknown } from "../ui/words.tsx";
import { byteSize } from "./byte-size.ts";

interface Props {
  evidence: EvidenceView;
  declared: DeclaredEvidence | undefined;
  onOpen?: () => void;
}

/** The place of one piece of evidence: what is known without opening it, and the door. */
export function EvidenceCard({ evidence, declared, onOpen }: Props) {
  const title = `evidence-${evidence.id}`;
  return (
    <li className="card evidence" aria-labelledby={title}>
      <div className="evidence-head">
        <h3 id={title} className="card-title">
          <AsSent>{evidenceName(evidence)}</AsSent>
        </h3>
        <p className="evidence-facts">
          <span>{t(`evidence.kind.${evidence.kind}`)}</span>
          <span>{evidence.mediaType ?? t("evidence.type-unknown")}</span>
          {evidence.size !== undefined && <span>{byteSize(evidence.size)}</span>}
          {declared?.relevance === "supplemental" && <span>{t("evidence.supplemental")}</span>}
        </p>
        {evidence.present ? (
          onOpen !== undefined && (
            <Button onPress={onOpen} aria-describedby={title}>
              {t("evidence.open")}
            </Button>
          )
        ) : (
          <Unknown>{t("evidence.absent")}</Unknown>
        )}
      </div>
      <h4>{t("evidence.known")}</h4>
      <Known evidence={evidence} />
      <p>
        {evidence.seenBefore === 0
          ? t("evidence.not-seen")
          : t("evidence.seen", { count: evidence.seenBefore })}
      </p>
      <Openings openings={evidence.openings} />
      <details className="details">
        <summary>{t("evidence.details")}</summary>
        <Details evidence={evidence} declared={declared} />
      </details>
    </li>
  );
}

function Known({ evidence }: { evidence: EvidenceView }) {
  if (evidence.known.length === 0) {
    return (
      <p>
        <Unknown>{t("evidence.nothing-known")}</Unknown>
      </p>
    );
  }
  return (
    <ul className="known">
      {evidence.known.map(({ text, source }) => (
        <li key={`${text} ${source}`}>
          {text} <span className="hint">{t("evidence.says", { source })}</span>
        </li>
      ))}
    </ul>
  );
}

function Openings({ openings }: { openings: EvidenceView["openings"] }) {
  if (openings.length === 0) return <p>{t("evidence.never-opened")}</p>;
  return (
    <>
      <h4>{t("evidence.openings", { count: openings.length })}</h4>
      <ul className="plain">
        {openings.map(({ person, at, purpose }) => (
          <li key={`${person} ${at} ${purpose}`}>
            {t("evidence.opening", { person, purpose: purposeWords(purpose) })} <Instant at={at} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** A purpose of this desk in words; one that another version wrote is shown as written. */
function purposeWords(purpose: string): string {
  const key = `purpose.${purpose}`;
  return isMessageKey(key) ? t(key as "purpose.assess-the-report") : purpose;
}

function Details({ evidence, declared }: Omit<Props, "onOpen">) {
  const hashes = declared?.declaredHashes ?? [];
  return (
    <SummaryList
      rows={[
        evidence.sha256 === undefined
          ? undefined
          : { term: t("evidence.sha256"), value: <code>{evidence.sha256}</code> },
        ...hashes.map(({ algorithm, value }) => ({
          term: t("evidence.declared-hash", { algorithm }),
          value: <code>{value}</code>,
        })),
        declared?.uploadedAt === undefined
          ? undefined
          : { term: t("evidence.uploaded"), value: <StatedTime moment={declared.uploadedAt} /> },
        declared?.location === undefined
          ? undefined
          : { term: t("evidence.location"), value: <AsSent>{declared.location}</AsSent> },
        ...(declared?.details ?? []).map(({ group, name, value }, index) => ({
          term: group === undefined ? `${name} ${index}` : `${group} ${name} ${index}`,
          value: <AsSent>{value}</AsSent>,
        })),
      ]}
    />
  );
}
