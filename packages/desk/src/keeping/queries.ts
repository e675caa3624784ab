import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import type { KeepingListName } from "../api/shapes.ts";

export const KEEPING_LISTS = ["overdue", "month", "quarter", "held", "let-go"] as const;

/** How long one report is kept. */
export const keepingQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["keeping", id],
    queryFn: ({ signal }) => api.call("GET /api/reports/{id}/keeping", { path: { id } }, signal),
  });

/** Reports of a list by what ends first. */
export const keepingListQuery = (api: Api, list: KeepingListName) =>
  infiniteQueryOptions({
    queryKey: ["keeping-list", list],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/keeping",
        { query: { list, limit: 50, ...(pageParam === undefined ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: 60_000,
  });
