import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { type RequestListName, requestsQuery } from "../api/queries.ts";
import type { ListedRequest } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { nearness, timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Tag, Unknown } from "../ui/words.tsx";

export type { RequestListName } from "../api/queries.ts";
export const REQUEST_LISTS = ["open", "overdue", "drafted", "ended", "all"] as const;

/** What this station has asked others for, by the clock that ends first. */
export function RequestsPage({ list }: { list: RequestListName }) {
  const query = useInfiniteQuery(requestsQuery(useApi(), list));
  const requests = query.data?.pages.flatMap((page) => page.requests) ?? [];
  return (
    <Page title={t("requests.title")}>
      <p className="hint">{t("request-list.intro")}</p>
      <nav className="tabs" aria-label={t("request-list.label")}>
        {REQUEST_LISTS.map((item) => (
          <Link
            key={item}
            to="/requests"
            search={item === "open" ? {} : { list: item }}
            activeOptions={{ exact: true }}
            className="tab"
            {...(item === list ? { "aria-current": "page" as const } : {})}
          >
            {t(`request-list.${item}`)}
          </Link>
        ))}
      </nav>
      <QueryNotice query={query} />
      {query.isSuccess && requests.length === 0 && <p className="empty">{t("request-list.empty")}</p>}
      {requests.length > 0 && <RequestTable requests={requests} />}
      {query.hasNextPage && (
        <Button onPress={() => void query.fetchNextPage()} isDisabled={query.isFetchingNextPage}>
          {t("request-list.more")}
        </Button>
      )}
    </Page>
  );
}

function RequestTable({ requests }: { requests: readonly ListedRequest[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("requests.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("request-list.report")}</th>
            <th scope="col">{t("request-list.ask")}</th>
            <th scope="col">{t("request-list.state")}</th>
            <th scope="col">{t("request-list.clock")}</th>
            <th scope="col">{t("request-list.expects")}</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <RequestRow key={request.id} request={request} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RequestRow({ request }: { request: ListedRequest }) {
  const { report, number, tier, role, to, askFor, state, overdue, expected } = request;
  return (
    <tr>
      <th scope="row">
        <Link to="/reports/$id" params={{ id: report }} hash="requests-title">
          {t("queue.number", { number })}
        </Link>
        {tier !== undefined && (
          <span className="hint">{t("tier.full", { tier, name: t(`tier.${tier}`) })}</span>
        )}
      </th>
      <td data-label={t("request-list.ask")}>
        {askFor}
        <span className="hint">{to ?? t(`request-role.${role}`)}</span>
      </td>
      <td data-label={t("request-list.state")}>
        <Tag tone={overdue ? "alert" : "plain"}>
          {overdue ? t("requests.overdue") : t(`request-state.${state}`)}
        </Tag>
      </td>
      <td data-label={t("request-list.clock")}>
        <Clock request={request} />
      </td>
      <td data-label={t("request-list.expects")}>
        {expected.levelFrom === expected.levelTo
          ? expected.to
          : t("request-list.expected", { levelFrom: expected.levelFrom, levelTo: expected.levelTo })}
      </td>
    </tr>
  );
}

function Clock({ request: { answerBy, answerableUntil } }: { request: ListedRequest }) {
  const now = useNow();
  const [next] = [answerBy, answerableUntil].filter((at) => at !== undefined).toSorted();
  if (next === undefined) return <Unknown>{t("queue.clock.none")}</Unknown>;
  return (
    <span data-near={nearness(next, now)}>
      {timeLeft(next, now)} <span className="hint">{formatInstant(next)}</span>
    </span>
  );
}
