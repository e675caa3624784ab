/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are laid out by grid and transform, which takes the meaning off table elements; the roles say it */
import { Link } from "@tanstack/react-router";
import type { CSSProperties, KeyboardEvent, MouseEvent } from "react";
import type { QueueEntry, Tier } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { statedTime } from "../time/stated-time.ts";
import { formatInstant } from "../time/instant.ts";
import { nearness, timeAgo, timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { LevelMark, TierMark } from "../ui/grades.tsx";
import { outcomeKindWords } from "../report/outcome-words.ts";
import { LeftEmptyTag } from "../senders/left-empty.tsx";
import { countriesWords } from "../whereabouts/country-words.ts";
import { Tag, Unknown } from "../ui/words.tsx";
import type { ShownEntry } from "./shown.ts";

interface Place {
  ref: (element: Element | null) => void;
  "data-index": number;
  "aria-rowindex": number;
  style: CSSProperties;
}

/** The heading over the reports of one tier. */
export function TierRow({ tier, columns, place }: { tier: Tier | undefined; columns: number; place: Place }) {
  return (
    <div role="row" className="queue-tier" {...place}>
      <span role="rowheader" aria-colspan={columns}>
        {tier === undefined ? (
          <Unknown>{t("queue.tier.none")}</Unknown>
        ) : (
          <>
            <TierMark tier={tier} />
            <span className="queue-tier-limit">{t(`tier.limit.${tier}`)}</span>
          </>
        )}
      </span>
    </div>
  );
}

interface ReportRowProps {
  shown: ShownEntry;
  isActive: boolean;
  place: Place;
  onFocus: () => void;
  onOpen: () => void;
}

/** One report in the queue: what is most urgent, why, my clock, who else, how far it can carry, where it is now. */
export function ReportRow({ shown, isActive, place, onFocus, onOpen }: ReportRowProps) {
  const { entry, mark } = shown;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.preventDefault();
    onOpen();
  };
  const onClick = (event: MouseEvent) => {
    // Somebody who is selecting text, or opening the link in another tab, is not opening the report here.
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      window.getSelection()?.isCollapsed === false
    )
      return;
    onOpen();
  };
  return (
    <div
      role="row"
      className="queue-row"
      data-mark={mark}
      data-status={entry.status}
      tabIndex={isActive ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
      {...place}
    >
      <ReportCell entry={entry} mark={mark} />
      <WhyCell entry={entry} />
      <LevelCell entry={entry} />
      <ClockCell entry={entry} />
      <PeopleCell entry={entry} />
      <StateCell entry={entry} />
    </div>
  );
}

function ReportCell({ entry, mark }: { entry: QueueEntry; mark: ShownEntry["mark"] }) {
  const now = useNow();
  return (
    <div role="rowheader" className="cell cell-report">
      <span className="cell-first">
        <Link to="/reports/$id" params={{ id: entry.id }} tabIndex={-1} className="report-number">
          {t("queue.number", { number: entry.number })}
        </Link>
        <time className="cell-more" dateTime={entry.receivedAt} title={formatInstant(entry.receivedAt)}>
          {timeAgo(entry.receivedAt, now)}
        </time>
        {mark !== undefined && <Tag tone="quiet">{t(`queue.mark.${mark}`)}</Tag>}
      </span>
      <span className="cell-more">
        {entry.platform === undefined || entry.platform === entry.sender
          ? entry.sender
          : t("queue.from", { platform: entry.platform, sender: entry.sender })}
      </span>
    </div>
  );
}

function WhyCell({ entry }: { entry: QueueEntry }) {
  const occurred = statedTime(entry.occurred, "minute");
  return (
    <div role="gridcell" className="cell cell-why">
      <span className="cell-first">
        {entry.tier !== undefined && <TierMark tier={entry.tier} isShort />}
        <span>{t(`incident.${entry.incident}`)}</span>
        {entry.erased !== undefined && <Tag tone="quiet">{t("status.erased")}</Tag>}
        {entry.lane === "safeguarding-first" && <Tag tone="strong">{t("lane.safeguarding-first")}</Tag>}
        <LeftEmptyTag entry={entry} />
        {entry.arrivals !== undefined && (
          <Tag tone="quiet">{t("queue.arrivals", { count: entry.arrivals })}</Tag>
        )}
        {entry.campaign !== undefined && (
          <Tag tone="quiet">{t("queue.campaign", { count: entry.campaign.holders })}</Tag>
        )}
      </span>
      {entry.why !== undefined && (
        <span className="cell-reason" title={entry.why}>
          {entry.why}
        </span>
      )}
      <span className="cell-more">
        {t("queue.evidence", { count: entry.evidence })} ·{" "}
        {occurred.certain ? (
          <time dateTime={occurred.at}>{t("queue.occurred", { when: occurred.text })}</time>
        ) : (
          <Unknown>{t("queue.occurred-uncertain", { when: occurred.text })}</Unknown>
        )}
      </span>
    </div>
  );
}

function LevelCell({ entry }: { entry: QueueEntry }) {
  return (
    <div role="gridcell" className="cell cell-level">
      {entry.level === undefined ? (
        <Unknown>{t("queue.unassessed")}</Unknown>
      ) : (
        <>
          <LevelMark level={entry.level} />
          <span className="cell-more">{entry.levelText}</span>
        </>
      )}
    </div>
  );
}

function ClockCell({ entry }: { entry: QueueEntry }) {
  const now = useNow();
  if (entry.clock === undefined) {
    return (
      <div role="gridcell" className="cell cell-clock">
        <Unknown>{t("queue.clock.none")}</Unknown>
      </div>
    );
  }
  const { endsAt, what } = entry.clock;
  return (
    <div role="gridcell" className="cell cell-clock" data-near={nearness(endsAt, now)}>
      <time className="cell-first" dateTime={endsAt} title={formatInstant(endsAt)}>
        {timeLeft(endsAt, now)}
      </time>
      <span className="cell-more" title={what}>
        {what}
      </span>
    </div>
  );
}

function PeopleCell({ entry }: { entry: QueueEntry }) {
  return (
    <div role="gridcell" className="cell cell-people">
      {entry.samePerson === 0 ? (
        <span className="cell-more">{t("queue.same-person.none")}</span>
      ) : (
        <span className="cell-first">{t("queue.same-person", { count: entry.samePerson })}</span>
      )}
    </div>
  );
}

function StateCell({ entry }: { entry: QueueEntry }) {
  return (
    <div role="gridcell" className="cell cell-state">
      <span className="cell-first">
        {t(`status.${entry.status}`)}
        {entry.delivery !== "none" && (
          <Tag tone={entry.delivery === "failed" ? "alert" : "plain"}>{t(`delivery.${entry.delivery}`)}</Tag>
        )}
      </span>
      <ChildOverdue entry={entry} />
      <OtherAgency entry={entry} />
      {entry.abroad !== undefined && (
        <Tag tone="quiet">{t("queue.abroad", { countries: countriesWords(entry.abroad) })}</Tag>
      )}
      {entry.outcomes.length > 0 && (
        <span className="cell-more">{entry.outcomes.map(outcomeKindWords).join(", ")}</span>
      )}
      {entry.outcomes.length === 0 && entry.suggestedAgency !== undefined && (
        <span className="cell-more">{t("queue.suggested", { agency: entry.suggestedAgency })}</span>
      )}
    </div>
  );
}

/** A child of whom nobody has told an authority in time. */
function ChildOverdue({ entry }: { entry: QueueEntry }) {
  const now = useNow();
  const { child } = entry;
  if (child === undefined || (child.state !== "undecided" && child.state !== "decided")) return null;
  if (nearness(child.dueAt, now) !== "over") return null;
  return <Tag tone="alert">{t("queue.child-overdue")}</Tag>;
}

/** Another agency has an interest in the same person, and nobody has released it. */
function OtherAgency({ entry: { conflict } }: { entry: QueueEntry }) {
  const now = useNow();
  if (conflict === undefined) return null;
  return nearness(conflict.dueAt, now) === "over" ? (
    <Tag tone="alert">{t("queue.conflict-overdue")}</Tag>
  ) : (
    <Tag tone="strong">{t("queue.conflict")}</Tag>
  );
}
