import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { KeepingEntry, KeepingListName } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { TierMark } from "../ui/grades.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { AsSent, Instant } from "../ui/words.tsx";
import { KEEPING_LISTS, keepingListQuery } from "./queries.ts";

/** What expires next: what waits for a decision, what ends in the next months, what is held and what may go. */
export function KeepingPage({ list }: { list: KeepingListName }) {
  const query = useInfiniteQuery(keepingListQuery(useApi(), list));
  const pages = query.data?.pages;
  const entries = pages?.flatMap((page) => page.entries) ?? [];
  const counts = pages?.at(-1)?.counts;
  return (
    <Page title={t("keeping.page.title")}>
      <p className="hint">{t("keeping.page.intro")}</p>
      <nav className="tabs" aria-label={t("keeping.page.lists")}>
        {KEEPING_LISTS.map((item) => (
          <Link
            key={item}
            to="/keeping"
            search={item === "overdue" ? {} : { list: item }}
            activeOptions={{ exact: true }}
            className="tab"
            {...(item === list ? { "aria-current": "page" as const } : {})}
          >
            {t(`keeping.list.${item}`)}{" "}
            {counts !== undefined && <span className="tab-count">{counts[item]}</span>}
          </Link>
        ))}
      </nav>
      <QueryNotice query={query} />
      {query.isSuccess && entries.length === 0 && <p className="empty">{t(`keeping.none.${list}`)}</p>}
      {entries.length > 0 && <KeepingTable entries={entries} />}
      {query.hasNextPage && (
        <p className="more">
          <Button onPress={() => void query.fetchNextPage()} isDisabled={query.isFetchingNextPage}>
            {t("common.show-more", { count: 50 })}
          </Button>
        </p>
      )}
    </Page>
  );
}

function KeepingTable({ entries }: { entries: readonly KeepingEntry[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("keeping.page.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("keeping.column.report")}</th>
            <th scope="col">{t("keeping.column.ends")}</th>
            <th scope="col">{t("keeping.column.why")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <KeepingRow key={entry.hold?.id ?? entry.report} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeepingRow({ entry }: { entry: KeepingEntry }) {
  const now = useNow();
  const { report, number, status, tier, sender, until } = entry;
  return (
    <tr>
      <th scope="row">
        <Link to="/reports/$id" params={{ id: report }} hash="keeping-title">
          {t("queue.number", { number })}
        </Link>{" "}
        {tier !== undefined && <TierMark tier={tier} isShort />}
        <span className="hint">
          {t(`status.${status}`)}, <AsSent>{sender}</AsSent>
        </span>
      </th>
      <td data-label={t("keeping.column.ends")}>
        {until === undefined ? (
          t("keeping.state.no-end")
        ) : (
          <>
            <time dateTime={until}>{formatInstant(until)}</time>
            <span className="hint">{timeLeft(until, now)}</span>
          </>
        )}
      </td>
      <td data-label={t("keeping.column.why")}>
        <Why entry={entry} />
      </td>
    </tr>
  );
}

function Why({ entry: { by, law, hold, decided } }: { entry: KeepingEntry }) {
  if (decided !== undefined)
    return (
      <>
        <AsSent>{decided.reason}</AsSent>
        <span className="hint">
          {decided.by} <Instant at={decided.at} />
        </span>
      </>
    );
  if (hold !== undefined)
    return (
      <>
        {t(`keeping.kind.${hold.kind}`)}
        <span className="hint">
          <AsSent>{hold.authority}</AsSent>{" "}
          {hold.reference !== undefined && <AsSent>{hold.reference}</AsSent>}
        </span>
      </>
    );
  return law ?? t(`keeping.by.${by}`);
}
