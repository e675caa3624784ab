import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { BankSummary } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { MorePages } from "../ui/more-pages.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { AsSent, Tag } from "../ui/words.tsx";
import { semanticsWords } from "./bank-words.ts";
import { ExchangeState } from "./exchange-state.tsx";
import { HashSearch } from "./hash-search.tsx";
import { banksQuery } from "./queries.ts";

/** What named sources say is known: each bank with how much is in it and how its fetching stands, and where one hash is. */
export function BanksPage() {
  const query = useInfiniteQuery(banksQuery(useApi()));
  const banks = query.data?.pages.flatMap((page) => page.banks) ?? [];
  return (
    <Page title={t("banks.title")}>
      <p className="hint">{t("banks.intro")}</p>
      <HashSearch />
      <Section id="banks" title={t("banks.list")}>
        <QueryNotice query={query} />
        {query.isSuccess && banks.length === 0 && <p className="empty">{t("banks.none")}</p>}
        {banks.length > 0 && <BankTable banks={banks} />}
        <MorePages query={query} label={t("common.show-more", { count: 50 })} />
      </Section>
    </Page>
  );
}

function BankTable({ banks }: { banks: readonly BankSummary[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("banks.list")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("banks.bank")}</th>
            <th scope="col">{t("banks.matches")}</th>
            <th scope="col">{t("banks.entries")}</th>
            <th scope="col">{t("banks.fetched")}</th>
            <th scope="col">{t("banks.semantics")}</th>
          </tr>
        </thead>
        <tbody>
          {banks.map((bank) => (
            <BankRow key={bank.id} bank={bank} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function BankRow({ bank }: { bank: BankSummary }) {
  const { id, name, source, trust, matches, live, gone, exchange, semantics } = bank;
  return (
    <tr>
      <th scope="row">
        <Link to="/banks/$bank" params={{ bank: id }}>
          <AsSent>{name}</AsSent>
        </Link>
        <span className="hint">
          <AsSent>{source}</AsSent>, {t(`review.trust.${trust}`)}
        </span>
      </th>
      <td data-label={t("banks.matches")}>
        <MatchesTag matches={matches} />
      </td>
      <td data-label={t("banks.entries")}>
        {live === 0 && gone === 0 ? t("banks.empty") : live.toLocaleString("en-GB")}
        {gone > 0 && <span className="hint">{t("banks.gone", { count: gone })}</span>}
      </td>
      <td data-label={t("banks.fetched")}>
        <ExchangeState exchange={exchange} />
      </td>
      <td data-label={t("banks.semantics")}>{semanticsWords(semantics)}</td>
    </tr>
  );
}

export function MatchesTag({ matches }: { matches: BankSummary["matches"] }) {
  const tone = matches === "on" ? "plain" : matches === "off" ? "quiet" : "strong";
  return <Tag tone={tone}>{t(`banks.matches.${matches}`)}</Tag>;
}
