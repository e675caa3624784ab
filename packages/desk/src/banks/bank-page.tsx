import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { BankView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { MorePages } from "../ui/more-pages.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant } from "../ui/words.tsx";
import { byWords, changeLines, semanticsWords } from "./bank-words.ts";
import { ExchangeState } from "./exchange-state.tsx";
import { bankQuery } from "./queries.ts";
import { SettingsSection } from "./settings-section.tsx";

/** One bank: whose claims it holds, which parts of it match, and who changed that. */
export function BankPage({ id }: { id: string }) {
  const query = useInfiniteQuery(bankQuery(useApi(), id));
  const [view] = query.data?.pages ?? [];
  return (
    <Page title={view?.name ?? t("banks.title")} aside={<Link to="/banks">{t("bank.back")}</Link>}>
      <QueryNotice query={query} />
      {view !== undefined && (
        <>
          <Facts view={view} />
          <SettingsSection view={view} />
          <Section id="changes" title={t("bank.history")}>
            <Changes changes={query.data?.pages.flatMap((page) => page.changes) ?? []} />
            <MorePages query={query} label={t("bank.history.more")} />
          </Section>
        </>
      )}
    </Page>
  );
}

function Facts({ view }: { view: BankView }) {
  const { source, live, gone, changedAt, exchange, semantics, curators, sharedWith, notTold } = view;
  return (
    <SummaryList
      rows={[
        { term: t("bank.source"), value: <AsSent>{source}</AsSent> },
        {
          term: t("banks.entries"),
          value:
            live === 0 && gone === 0
              ? t("banks.empty")
              : `${live.toLocaleString("en-GB")}, ${t("banks.gone", { count: gone })}`,
        },
        changedAt === undefined
          ? undefined
          : { term: t("bank.changed"), value: <Instant at={changedAt} ago /> },
        { term: t("banks.fetched"), value: <ExchangeState exchange={exchange} /> },
        { term: t("banks.semantics"), value: semanticsWords(semantics) },
        curators.length === 0 ? undefined : { term: t("bank.curators"), value: curators.join(", ") },
        sharedWith.length === 0 ? undefined : { term: t("bank.shared"), value: sharedWith.join(", ") },
        {
          term: t("bank.told"),
          value: notTold === undefined ? t("bank.told.yes") : t(`feedback.not.${notTold}`),
        },
      ]}
    />
  );
}

function Changes({ changes }: { changes: BankView["changes"] }) {
  if (changes.length === 0) return <p className="empty">{t("bank.history.none")}</p>;
  return (
    <ol className="timeline">
      {changes.map((change) => (
        <li key={change.seq} className="timeline-item">
          {changeLines(change).map((line) => (
            <p key={line} className="timeline-title">
              <bdi>{line}</bdi>
            </p>
          ))}
          {change.reason !== undefined && (
            <p>
              <AsSent>{change.reason}</AsSent>
            </p>
          )}
          <p className="timeline-by">
            {byWords(change)}, <Instant at={change.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
