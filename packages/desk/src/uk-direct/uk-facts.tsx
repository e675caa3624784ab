import { Link } from "@tanstack/react-router";
import type { UkFiling, UkPreview, UkReceived } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { useNow } from "../time/now.tsx";
import { Notice } from "../ui/notice.tsx";
import { type SummaryRow, SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag, Unknown } from "../ui/words.tsx";
import { UkItems } from "./uk-items.tsx";

type Contents = Pick<UkReceived, "priority" | "why" | "established" | "links" | "declaration" | "items">;

/** How a report that a provider made directly came in: its reference, its priority, what is held and what is not. */
export function ReceivedFacts({ received }: { received: UkReceived }) {
  const { first, subsequent } = received;
  return (
    <>
      <p>{t("uk.received-from", { provider: received.provider })}</p>
      <SummaryList
        rows={[
          { term: t("uk.reference"), value: <code>{received.reference}</code> },
          ...priorityRows("uk.priority", received),
          first === undefined
            ? received.follows === undefined
              ? undefined
              : { term: t("uk.follows"), value: <Unknown>{received.follows}</Unknown> }
            : { term: t("uk.follows"), value: <Related related={first} /> },
          subsequent.length === 0
            ? undefined
            : {
                term: t("uk.followed-by"),
                value: subsequent.map((related) => <Related key={related.id} related={related} />),
              },
          ...contentRows(received),
          { term: t("uk.issued"), value: <Instant at={received.issuedAt} /> },
          { term: t("uk.reference-until"), value: <Instant at={received.referenceUntil} /> },
          { term: t("uk.content-until"), value: <Instant at={received.contentUntil} /> },
        ]}
      />
      <Problems title={t("uk.remarks")} problems={received.remarks} />
      <UkItems items={received.items} caption={t("uk.items")} level={3} />
    </>
  );
}

/** A report that this station makes directly, from the decision to the reference. */
export function FilingFacts({ filing, level }: { filing: UkFiling; level: 2 | 3 }) {
  const now = useNow();
  const { state, reference, sendingSince, issuedAt, relevantFrom, relevantTo } = filing;
  const isLate = issuedAt === undefined && state !== "failed" && Date.parse(filing.dueAt) < now;
  return (
    <article className="card" aria-label={t("uk.filing", { peer: filing.peerName })}>
      <p className="timeline-title">
        {t("uk.filing", { peer: filing.peerName })}{" "}
        <Tag tone={state === "failed" ? "alert" : state === "delivered" ? "strong" : "plain"}>
          {t(`uk.filing.${state}`)}
        </Tag>{" "}
        {isLate && <Tag tone="alert">{t("uk.late")}</Tag>}
      </p>
      <SummaryList
        rows={[
          {
            term: t("uk.reference"),
            value:
              reference === undefined ? (
                <Unknown>{t("uk.reference-none")}</Unknown>
              ) : (
                <code>{reference}</code>
              ),
          },
          ...priorityRows("uk.priority-ours", filing),
          filing.follows === undefined
            ? undefined
            : { term: t("uk.follows"), value: <code>{filing.follows}</code> },
          ...contentRows(filing),
          { term: t("uk.decided"), value: <ByAt by={filing.decidedBy} at={filing.decidedAt} /> },
          { term: t("uk.due"), value: <Instant at={filing.dueAt} /> },
          at("uk.reference-until", filing.referenceUntil),
          at("uk.content-until", filing.contentUntil),
          issuedAt === undefined
            ? undefined
            : {
                term: t("uk.relevant"),
                value:
                  relevantFrom === undefined || relevantTo === undefined ? (
                    <Unknown>{t("uk.relevant-unknown")}</Unknown>
                  ) : (
                    t("uk.relevant-value", {
                      from: formatInstant(relevantFrom),
                      to: formatInstant(relevantTo),
                    })
                  ),
              },
        ]}
      />
      {filing.lastError !== undefined && state !== "delivered" && (
        <p className="trouble">
          {filing.lastError} {sendingSince !== undefined && <Instant at={sendingSince} ago />}
        </p>
      )}
      <LeftWords left={filing.left} />
      <UkItems items={filing.items} caption={t("uk.items")} level={level} />
    </article>
  );
}

/** The parts that stay with the provider, by count: the report's own page shows them. */
export function LeftWords({ left }: { left: readonly string[] }) {
  return left.length === 0 ? null : <p className="hint">{t("uk.left", { count: left.length })}</p>;
}

/** What the rules say: each with what to do about it, at its item where it has one. */
export function Problems({
  title,
  problems,
  isRefusal = false,
}: {
  title: string;
  problems: UkPreview["problems"];
  isRefusal?: boolean;
}) {
  if (problems.length === 0) return null;
  return (
    <Notice title={title} {...(isRefusal ? { tone: "alert" as const } : {})}>
      <ul>
        {problems.map(({ code, path, item, message, remedy }) => (
          <li key={`${code} ${path}`}>
            {item !== undefined && <strong>{t(`uk.item.${item}`)}: </strong>}
            {message} {remedy}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function contentRows({ established, links, declaration }: Contents): SummaryRow[] {
  return [
    { term: t("uk.established"), value: t(`uk.established.${established}`) },
    {
      term: t("uk.links"),
      value:
        links.length === 0 ? (
          <Unknown>{t("uk.links-none")}</Unknown>
        ) : (
          <ul className="plain-list">
            {links.map(({ basis, evidence }) => (
              <li key={basis}>
                {t(`uk.link.${basis}`)}: <AsSent>{evidence}</AsSent>
              </li>
            ))}
          </ul>
        ),
    },
    { term: t("uk.declaration"), value: t(`uk.declaration.${declaration ? "yes" : "no"}`) },
  ];
}

/** The priority, and on a row of its own what it rests on. */
export function priorityRows(
  term: "uk.priority" | "uk.priority-ours",
  { priority, why }: { priority: Contents["priority"]; why?: string | undefined },
): SummaryRow[] {
  return [
    {
      term: t(term),
      value: (
        <>
          {t(`uk.priority.${priority}`)}
          {term === "uk.priority" && <span className="hint">{t("uk.priority-claim")}</span>}
        </>
      ),
    },
    ...(why === undefined ? [] : [{ term: t("uk.why"), value: <AsSent>{why}</AsSent> }]),
  ];
}

function Related({ related: { id, number, reference } }: { related: NonNullable<UkReceived["first"]> }) {
  return (
    <p>
      <Link to="/reports/$id" params={{ id }}>
        {t("uk.follows-report", { number })}
      </Link>{" "}
      <code>{reference}</code>
    </p>
  );
}

function ByAt({ by, at: instant }: { by: string; at: string }) {
  return (
    <>
      {by}, <Instant at={instant} />
    </>
  );
}

function at(
  term: "uk.reference-until" | "uk.content-until",
  instant: string | undefined,
): SummaryRow | undefined {
  return instant === undefined ? undefined : { term: t(term), value: <Instant at={instant} /> };
}
