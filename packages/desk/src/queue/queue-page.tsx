import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { QueueCounts, QueueList, Tier } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { useShortcuts } from "../app/shortcuts.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { QueueGrid } from "./queue-grid.tsx";
import { useQueue, type Queue } from "./use-queue.ts";

const STATUSES = [
  "new",
  "safeguarding-first",
  "format-burst",
  "behind",
  "referred",
  "closed",
  "all",
] as const;
const TIERS: readonly Tier[] = ["R1", "R2", "R3", "R4", "R5"];

export function QueuePage({ status }: { status: QueueList }) {
  const queue = useQueue(status);
  // After a refresh the keyboard starts at the head of the new list.
  const [generation, setGeneration] = useState(0);
  const refresh = async () => {
    await queue.refresh();
    window.scrollTo({ top: 0 });
    setGeneration((count) => count + 1);
  };
  const onRefresh = () => void refresh();
  useShortcuts({ n: onRefresh });
  return (
    <Page title={t("queue.title")} keepsFocus aside={<TierCounts counts={queue.counts} />}>
      <div className="queue-bar">
        <StatusTabs counts={queue.counts} status={status} />
        <News queue={queue} onShow={onRefresh} />
      </div>
      {status === "safeguarding-first" && <p className="hint">{t("queue.lane-intro")}</p>}
      {status === "format-burst" && <p className="hint">{t("queue.burst-intro")}</p>}
      {queue.stale && queue.state === "ready" && (
        <Notice tone="alert" title={t("queue.stale.title")}>
          <p>{t("queue.stale.text")}</p>
        </Notice>
      )}
      <List
        key={`${status} ${generation}`}
        queue={queue}
        status={status}
        isFresh={generation > 0}
        onRetry={onRefresh}
      />
    </Page>
  );
}

interface ListProps {
  queue: Queue;
  status: QueueList;
  isFresh: boolean;
  onRetry: () => void;
}

function List({ queue, status, isFresh, onRetry }: ListProps) {
  if (queue.state === "failed") {
    return (
      <ErrorNotice error={queue.error}>
        <Button onPress={onRetry}>{t("common.try-again")}</Button>
      </ErrorNotice>
    );
  }
  if (queue.state === "loading") return <p className="empty">{t("queue.loading")}</p>;
  if (queue.entries.length === 0) return <p className="empty">{t(`queue.empty.${status}`)}</p>;
  return <QueueGrid queue={queue} status={status} isFresh={isFresh} />;
}

function StatusTabs({ counts, status }: { counts: QueueCounts | undefined; status: QueueList }) {
  return (
    <nav className="tabs" aria-label={t("queue.lists")}>
      {STATUSES.map((item) => (
        <Link
          key={item}
          to="/"
          search={item === "new" ? {} : { status: item }}
          activeOptions={{ exact: true }}
          className="tab"
          {...(item === status ? { "aria-current": "page" as const } : {})}
        >
          {t(`queue.status.${item}`)} <Count of={counts} list={item} />
        </Link>
      ))}
    </nav>
  );
}

/** How many a list holds, where the station says so. */
function Count({ of: counts, list }: { of: QueueCounts | undefined; list: QueueList }) {
  const count = counts === undefined ? undefined : countOf(counts, list);
  return count === undefined ? null : <span className="tab-count">{count}</span>;
}

function countOf(counts: QueueCounts, list: QueueList): number | undefined {
  if (list === "safeguarding-first") return counts.children?.lane;
  if (list === "format-burst") return counts.bursts.reports;
  return list === "all" ? counts.new + counts.behind + counts.referred + counts.closed : counts[list];
}

/** How many new reports stand in each tier: the first thing to know about a shift. */
function TierCounts({ counts }: { counts: QueueCounts | undefined }) {
  if (counts === undefined) return null;
  return (
    <dl className="tier-counts">
      {TIERS.map((tier) => (
        <div
          key={tier}
          className={`tier-count tier-count-${tier}`}
          data-none={counts.byTier[tier] === 0 || undefined}
        >
          <dt>{t("queue.tier-count", { tier, name: t(`tier.${tier}`) })}</dt>
          <dd>{counts.byTier[tier]}</dd>
        </div>
      ))}
      <div className="tier-count" data-none={counts.requests.open === 0 || undefined}>
        <dt>
          <Link to="/requests">{t("queue.requests")}</Link>
        </dt>
        <dd>
          {counts.requests.overdue === 0
            ? counts.requests.open
            : t("queue.requests-overdue", counts.requests)}
        </dd>
      </div>
      {counts.children !== undefined && (
        <div
          className="tier-count tier-count-children"
          data-none={counts.children.overdue === 0 || undefined}
        >
          <dt>
            <Link to="/safeguarding">{t("queue.children-overdue")}</Link>
          </dt>
          <dd>{counts.children.overdue}</dd>
        </div>
      )}
      <div className="tier-count tier-count-children" data-none={counts.bursts.senders === 0 || undefined}>
        <dt>
          <Link to="/senders">{t("queue.burst-senders")}</Link>
        </dt>
        <dd>{counts.bursts.senders}</dd>
      </div>
      {counts.conflicts !== undefined && (
        <div className="tier-count tier-count-children" data-none={counts.conflicts.open === 0 || undefined}>
          <dt>
            <Link to="/conflicts">{t("queue.conflicts")}</Link>
          </dt>
          <dd>
            {counts.conflicts.overdue === 0
              ? counts.conflicts.open
              : t("queue.conflicts-overdue", counts.conflicts)}
          </dd>
        </div>
      )}
      <div className="tier-count" data-none={counts.waiting === 0 || undefined}>
        <dt>{t("queue.waiting")}</dt>
        <dd>{counts.waiting}</dd>
      </div>
    </dl>
  );
}

/** What happened while the person was looking: it is said here, and nothing on the screen moves until they ask. */
function News({ queue, onShow }: { queue: Queue; onShow: () => void }) {
  const announce = useAnnounce();
  const { arrived, moved, left } = queue;
  const text = [
    arrived > 0 ? t("queue.news.arrived", { count: arrived }) : undefined,
    moved > 0 ? t("queue.news.moved", { count: moved }) : undefined,
    left > 0 ? t("queue.news.left", { count: left }) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
  useEffect(() => {
    if (arrived > 0) announce(t("queue.news.arrived", { count: arrived }));
  }, [announce, arrived]);
  if (text === "") return null;
  return (
    <p className="news">
      <span>{text}</span>
      <Button shortcut="n" onPress={onShow}>
        {t("queue.news.show")}
      </Button>
    </p>
  );
}
