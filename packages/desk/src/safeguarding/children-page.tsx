import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { ChildList, WaitingChild } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { TierMark } from "../ui/grades.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Tag, Unknown } from "../ui/words.tsx";
import { childrenQuery } from "./queries.ts";

const LISTS = ["open", "told"] as const;

/** Children who wait for a person here, or for an authority's answer, whatever the report's own status is. */
export function ChildrenPage({ list }: { list: ChildList }) {
  const children = useInfiniteQuery(childrenQuery(useApi(), list));
  const pages = children.data?.pages;
  const entries = pages?.flatMap((page) => page.entries) ?? [];
  const last = pages?.at(-1);
  return (
    <Page title={t("safeguarding.list-title")}>
      <p className="hint">{t("safeguarding.list-intro")}</p>
      {last?.configured === false && (
        <Notice title={t("safeguarding.not-configured.title")}>
          <p>{t("safeguarding.not-configured.text")}</p>
        </Notice>
      )}
      <nav className="tabs" aria-label={t("safeguarding.lists")}>
        {LISTS.map((item) => (
          <Link
            key={item}
            to="/safeguarding"
            search={item === "told" ? { list: item } : {}}
            activeOptions={{ exact: true }}
            className="tab"
            {...(item === list ? { "aria-current": "page" as const } : {})}
          >
            {t(`safeguarding.list.${item}`)}{" "}
            {last !== undefined && <span className="tab-count">{last.counts[item]}</span>}
          </Link>
        ))}
      </nav>
      {children.isError && <ErrorNotice error={children.error} />}
      {children.isPending && <p className="empty">{t("common.loading")}</p>}
      {pages !== undefined && entries.length === 0 && (
        <p className="empty">{t(`safeguarding.none.${list}`)}</p>
      )}
      {entries.length > 0 && <ChildTable entries={entries} />}
      {children.hasNextPage && (
        <p className="more">
          <Button onPress={() => void children.fetchNextPage()} isDisabled={children.isFetchingNextPage}>
            {t("common.show-more", { count: 50 })}
          </Button>
        </p>
      )}
    </Page>
  );
}

function ChildTable({ entries }: { entries: readonly WaitingChild[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("safeguarding.list-title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("safeguarding.column.report")}</th>
            <th scope="col">{t("safeguarding.column.due")}</th>
            <th scope="col">{t("safeguarding.column.child")}</th>
            <th scope="col">{t("safeguarding.column.state")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <ChildRow key={entry.report} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChildRow({ entry }: { entry: WaitingChild }) {
  const now = useNow();
  return (
    <tr>
      <th scope="row">
        <Link to="/reports/$id" params={{ id: entry.report }} hash="safeguarding-title">
          {t("queue.number", { number: entry.number })}
        </Link>{" "}
        {entry.tier !== undefined && <TierMark tier={entry.tier} isShort />}
        <span className="hint">{t(`status.${entry.status}`)}</span>
      </th>
      <td data-label={t("safeguarding.column.due")}>
        <time dateTime={entry.dueAt} title={formatInstant(entry.dueAt)}>
          {timeLeft(entry.dueAt, now)}
        </time>{" "}
        {entry.overdue && <Tag tone="alert">{t("safeguarding.overdue")}</Tag>}
        <span className="hint">{t(`safeguarding.urgency.${entry.urgency}`)}</span>
      </td>
      <td data-label={t("safeguarding.column.child")}>
        {entry.child === "unknown" ? (
          <Unknown>{t("safeguarding.child.unknown")}</Unknown>
        ) : (
          t(`safeguarding.child.${entry.child}`)
        )}{" "}
        {entry.lane === "safeguarding-first" && <Tag tone="strong">{t("lane.safeguarding-first")}</Tag>}
        {entry.areaName !== undefined && <span className="hint">{entry.areaName}</span>}
      </td>
      <td data-label={t("safeguarding.column.state")}>
        {t(`safeguarding.state.${entry.state}`)}
        {entry.authorities.length > 0 && <span className="hint">{entry.authorities.join(", ")}</span>}
      </td>
    </tr>
  );
}
