/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are laid out by grid and transform, which takes the meaning off table elements; the roles say it */
import { useNavigate } from "@tanstack/react-router";
import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { QueueList } from "../api/shapes.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { t } from "../messages/catalogue.ts";
import { useQueueMemory } from "./memory.ts";
import { ReportRow, TierRow } from "./queue-rows.tsx";
import { nextReportRow, type QueueRow, rowsOf } from "./rows.ts";
import type { Queue } from "./use-queue.ts";

const COLUMNS = ["report", "why", "level", "clock", "people", "state"] as const;
/** Before a row has been measured: two lines of text with their padding. */
const ESTIMATED_PX = { tier: 44, report: 76 };

/** The queue as a grid of rows, of which only those near the screen exist; one row at a time holds the keyboard. */
export function QueueGrid({ queue, status, isFresh }: { queue: Queue; status: QueueList; isFresh: boolean }) {
  const memory = useQueueMemory();
  const navigate = useNavigate();
  const rows = useMemo(() => rowsOf(queue.entries), [queue.entries]);
  const grid = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [activeId, setActiveId] = useState(() => (isFresh ? undefined : memory.get(status).active));
  const active = activeIndex(rows, activeId);
  // Set when the keyboard should follow: at once when coming back to this list, later on each key.
  const wantsFocus = useRef(isFresh || activeId !== undefined);

  // oxlint-disable-next-line react/incompatible-library -- the rule speaks for React Compiler, which is not used here
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => ESTIMATED_PX[rows[index]?.kind ?? "report"],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    scrollMargin: top,
    // Room for the lists and column heads at the top of the window, or for the news at its foot.
    scrollPaddingStart: 104,
    scrollPaddingEnd: 80,
    initialOffset: memory.get(status).scroll,
    // The row with the keyboard exists even when it is far away, or the Tab key would find no row.
    rangeExtractor: (range) => [...new Set([active, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });

  useLayoutEffect(() => setTop(grid.current?.offsetTop ?? 0), []);
  // Once, when the list comes onto the screen: the person is put back where they left it.
  useLayoutEffect(() => {
    if (!isFresh) window.scrollTo({ top: memory.get(status).scroll });
  }, [isFresh, memory, status]);
  // A layout effect, because its clean-up must come before the next page shortens the window and scrolls it by that.
  useLayoutEffect(() => {
    const remember = () => {
      const active = activeId === undefined ? {} : { active: activeId };
      memory.set(status, { scroll: window.scrollY, ...active });
    };
    window.addEventListener("scroll", remember, { passive: true });
    return () => {
      remember();
      window.removeEventListener("scroll", remember);
    };
  }, [memory, status, activeId]);
  // The row may come into being only after the virtualizer has measured the window.
  useLayoutEffect(() => {
    const row = wantsFocus.current
      ? grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')
      : null;
    if (row === null || row === undefined) return;
    row.focus({ preventScroll: true });
    wantsFocus.current = false;
  });

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { loadMore } = queue;
  useEffect(() => {
    if (last >= rows.length - 20) loadMore();
  }, [last, rows.length, loadMore]);

  const goTo = (index: number | undefined) => {
    const row = index === undefined ? undefined : rows[index];
    if (index === undefined || row?.kind !== "report") return;
    wantsFocus.current = true;
    setActiveId(row.shown.entry.id);
    virtual.scrollToIndex(index, { align: "auto" });
  };
  // From elsewhere on the page the first key only enters the list, where it was left.
  const isInside = () => grid.current?.contains(document.activeElement) === true;
  const move = (step: 1 | -1) => goTo(isInside() ? nextReportRow(rows, active, step) : active);
  const open = (id: string) => void navigate({ to: "/reports/$id", params: { id } });
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => goTo(nextReportRow(rows, -1, 1)),
      End: () => goTo(nextReportRow(rows, rows.length, -1)),
    };
    const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : moves[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });

  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the rows take focus, one at a time
    <div
      ref={grid}
      role="grid"
      className="queue"
      aria-label={t(`queue.label.${status}`)}
      aria-rowcount={queue.hasMore ? -1 : rows.length + 1}
      aria-colcount={COLUMNS.length}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="queue-head">
        <div role="row" className="queue-columns" aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <span key={column} role="columnheader">
              {t(`queue.column.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="queue-body" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const place = {
            ref: virtual.measureElement,
            "data-index": item.index,
            "aria-rowindex": item.index + 2,
            style: { transform: `translateY(${item.start - virtual.options.scrollMargin}px)` },
          };
          return row.kind === "tier" ? (
            <TierRow key={item.key} tier={row.tier} columns={COLUMNS.length} place={place} />
          ) : (
            <ReportRow
              key={item.key}
              shown={row.shown}
              isActive={item.index === active}
              place={place}
              onFocus={() => setActiveId(row.shown.entry.id)}
              onOpen={() => open(row.shown.entry.id)}
            />
          );
        })}
      </div>
      {queue.isLoadingMore && <p className="empty">{t("queue.loading-more")}</p>}
    </div>
  );
}

/** The row with the keyboard: the remembered report, or the first one. */
function activeIndex(rows: readonly QueueRow[], id: string | undefined): number {
  const index = rows.findIndex((row) => row.kind === "report" && row.shown.entry.id === id);
  return index === -1 ? (nextReportRow(rows, -1, 1) ?? 0) : index;
}
