import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useApi } from "../api/context.ts";
import { queueHeadQuery, queueQuery } from "../api/queries.ts";
import type { QueueCounts, QueueList } from "../api/shapes.ts";
import { layOver, type ShownQueue } from "./shown.ts";

export interface Queue extends ShownQueue {
  state: "loading" | "failed" | "ready";
  error: unknown;
  counts: QueueCounts | undefined;
  /** Whether the station was out of reach when it was last asked for news. */
  stale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  /** Fetches the list anew, from its head. */
  refresh: () => Promise<void>;
}

/** One list of the queue: what the person is looking at, with the newest laid over it and never a row moved. */
export function useQueue(status: QueueList): Queue {
  const api = useApi();
  const queries = useQueryClient();
  const list = useInfiniteQuery(queueQuery(api, status));
  const head = useQuery(queueHeadQuery(api, status));
  const loaded = list.data?.pages;
  const shown = useMemo(
    () =>
      layOver(
        loaded?.flatMap(({ entries }) => entries) ?? [],
        loaded?.at(-1)?.next === undefined,
        loaded === undefined ? undefined : head.data,
      ),
    [loaded, head.data],
  );
  return {
    ...shown,
    state: list.data !== undefined ? "ready" : list.isError ? "failed" : "loading",
    error: list.error,
    counts: head.data?.counts ?? loaded?.at(-1)?.counts,
    stale: head.isError,
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    loadMore: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    },
    refresh: async () => {
      await Promise.all([
        queries.resetQueries({ queryKey: queueQuery(api, status).queryKey }),
        queries.invalidateQueries({ queryKey: queueHeadQuery(api, status).queryKey }),
      ]);
    },
  };
}
