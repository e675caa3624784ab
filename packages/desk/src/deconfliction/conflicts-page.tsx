import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import type { DeconflictionView, ListedConflict } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { nearness, timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { Instant, Tag, Unknown } from "../ui/words.tsx";
import { CONFLICT_LISTS, type ConflictList, listed } from "./conflict-words.ts";
import { deconflictionQuery } from "./queries.ts";

/** What stands between this agency and others: mine, all, and what is overdue; and who is asked at all. */
export function ConflictsPage({ list }: { list: ConflictList }) {
  const api = useApi();
  const query = useQuery(deconflictionQuery(api));
  const isLead = useQuery(sessionQuery(api)).data?.person.role === "lead";
  const conflicts = query.data === undefined ? undefined : listed(query.data.conflicts, list, isLead);
  return (
    <Page title={t("conflicts.title-list")}>
      <p className="hint">{t("conflicts.intro")}</p>
      <nav className="tabs" aria-label={t("conflicts.lists")}>
        {CONFLICT_LISTS.map((item) => (
          <Link
            key={item}
            to="/conflicts"
            search={item === "open" ? {} : { list: item }}
            activeOptions={{ exact: true }}
            className="tab"
            {...(item === list ? { "aria-current": "page" as const } : {})}
          >
            {t(`conflicts.list.${item}`)}{" "}
            {query.data !== undefined && (
              <span className="tab-count">{listed(query.data.conflicts, item, isLead).length}</span>
            )}
          </Link>
        ))}
      </nav>
      <QueryNotice query={query} />
      {conflicts?.length === 0 && <p className="empty">{t(`conflicts.none.${list}`)}</p>}
      {conflicts !== undefined && conflicts.length > 0 && <ConflictTable conflicts={conflicts} />}
      {query.data !== undefined && <Pairs pairs={query.data.pairs} />}
    </Page>
  );
}

function ConflictTable({ conflicts }: { conflicts: readonly ListedConflict[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("conflicts.title-list")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("conflicts.column.report")}</th>
            <th scope="col">{t("conflicts.column.due")}</th>
            <th scope="col">{t("conflicts.column.peer")}</th>
            <th scope="col">{t("conflicts.column.state")}</th>
            <th scope="col">{t("conflicts.column.owner")}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((conflict) => (
            <ConflictRow key={`${conflict.report} ${conflict.peer}`} conflict={conflict} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ConflictRow({ conflict }: { conflict: ListedConflict }) {
  const { report, number, deadline, overdue, peerName, contact, state, owner, mine } = conflict;
  const now = useNow();
  return (
    <tr>
      <th scope="row">
        <Link to="/reports/$id" params={{ id: report }} hash="conflicts-title">
          {t("queue.number", { number })}
        </Link>
      </th>
      <td data-label={t("conflicts.column.due")} data-near={nearness(deadline, now)}>
        <time dateTime={deadline} title={formatInstant(deadline)}>
          {timeLeft(deadline, now)}
        </time>{" "}
        {overdue && <Tag tone="alert">{t("conflicts.overdue")}</Tag>}
      </td>
      <td data-label={t("conflicts.column.peer")}>
        {peerName}
        {contact !== undefined && <span className="hint">{contact}</span>}
      </td>
      <td data-label={t("conflicts.column.state")}>{t(`conflicts.state.${state}`)}</td>
      <td data-label={t("conflicts.column.owner")}>
        {mine ? t("conflicts.owner-you") : (owner ?? <Unknown>{t("conflicts.nobody")}</Unknown>)}
      </td>
    </tr>
  );
}

const TONES = { on: "plain", "no-key": "alert", off: "quiet" } as const;

/** Whom this station asks and answers: who does not look is told that nobody looks. */
function Pairs({ pairs }: { pairs: DeconflictionView["pairs"] }) {
  return (
    <Section id="pairs" title={t("conflicts.pairs")}>
      <p className="hint">{t("conflicts.pairs-intro")}</p>
      {pairs.length === 0 && <p className="empty">{t("conflicts.pairs-none")}</p>}
      <ul className="plain">
        {pairs.map(({ peer, name, state, unanswered }) => (
          <li key={peer}>
            {name} <Tag tone={TONES[state]}>{t(`conflicts.pair.${state}`)}</Tag>{" "}
            {unanswered !== undefined && (
              <span className="hint">
                {t("conflicts.unanswered")} <Instant at={unanswered.askedAt} ago />
                {unanswered.lastError !== undefined && `: ${unanswered.lastError}`}{" "}
                {unanswered.overdue && <Tag tone="alert">{t("conflicts.unanswered-late")}</Tag>}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
