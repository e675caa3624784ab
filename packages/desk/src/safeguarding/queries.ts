import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import type { ChildList } from "../api/shapes.ts";

/** Children who wait, the most pressing first. */
export const childrenQuery = (api: Api, list: ChildList) =>
  infiniteQueryOptions({
    queryKey: ["children", list],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/safeguarding",
        { query: { list, limit: 50, ...(pageParam === undefined ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });
