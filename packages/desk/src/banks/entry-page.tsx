import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { BankEntry } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { MorePages } from "../ui/more-pages.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag } from "../ui/words.tsx";
import { byWords, semanticsWords } from "./bank-words.ts";
import { Claims, claimsLine } from "./claims.tsx";
import { FeedbackSection } from "./feedback-section.tsx";
import { entryQuery } from "./queries.ts";

/** One entry of a bank: its hashes, what its source claims and ever claimed, and what the source is told about it. */
export function EntryPage({ bank, entry }: { bank: string; entry: string }) {
  const query = useInfiniteQuery(entryQuery(useApi(), bank, entry));
  const [view] = query.data?.pages ?? [];
  const name = view?.bankName ?? bank;
  return (
    <Page
      title={t("entry.title", { bank: name })}
      aside={
        <Link to="/banks/$bank" params={{ bank }}>
          {t("entry.back", { bank: name })}
        </Link>
      }
    >
      <QueryNotice query={query} />
      {view !== undefined && (
        <>
          <SummaryList
            rows={[
              { term: t("entry.now"), value: t(`banks.now.${view.matches}`) },
              { term: t("entry.key"), value: <AsSent>{view.key}</AsSent> },
              { term: t("entry.changed"), value: <Instant at={view.changedAt} ago /> },
            ]}
          />
          <Section id="claims" title={t("entry.claims")}>
            <p className="hint">
              {t("entry.claims-hint", { source: view.source, trust: t(`bank.trust.${view.trust}`) })}
            </p>
            <Claims claims={view.claims} />
          </Section>
          <Section id="hashes" title={t("entry.hashes")} count={view.signals.length}>
            <Hashes signals={view.signals} />
          </Section>
          <FeedbackSection bank={bank} entry={entry} source={view.source} />
          <Section id="history" title={t("entry.history")}>
            <History changes={query.data?.pages.flatMap((page) => page.changes) ?? []} />
            <MorePages query={query} label={t("entry.more")} />
          </Section>
        </>
      )}
    </Page>
  );
}

function Hashes({ signals }: { signals: BankEntry["signals"] }) {
  if (signals.length === 0) return <p className="empty">{t("entry.no-hashes")}</p>;
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("entry.hashes")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("entry.kind")}</th>
            <th scope="col">{t("entry.hash")}</th>
            <th scope="col">{t("entry.state")}</th>
          </tr>
        </thead>
        <tbody>
          {signals.map(({ kind, value, semantics, quality, stands, good }) => (
            <tr key={`${kind} ${value} ${semantics} ${quality} ${stands}`}>
              <th scope="row">
                {t(`banks.kind.${kind}`)}
                {semantics !== undefined && <span className="hint">{semanticsWords(semantics)}</span>}
              </th>
              <td data-label={t("entry.hash")}>
                <code className="hash">{value}</code>
                {quality !== undefined && <span className="hint">{t("entry.quality", { quality })}</span>}
              </td>
              <td data-label={t("entry.state")}>
                {stands ? (
                  t(good ? "entry.stands" : "entry.weak")
                ) : (
                  <Tag tone="quiet">{t("entry.not-now")}</Tag>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function History({ changes }: { changes: BankEntry["changes"] }) {
  return (
    <ol className="timeline">
      {changes.map((change) => (
        <li key={change.seq} className="timeline-item">
          <p className="timeline-title">{t(`entry.what.${change.what}`)}</p>
          <p>
            <AsSent>{claimsLine(change.claims)}</AsSent>
            <span className="hint">{t("entry.hash-count", { count: change.hashes })}</span>
          </p>
          <p className="timeline-by">
            {byWords(change)}, <Instant at={change.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
