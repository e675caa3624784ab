import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";

/** A child at risk now: every desk asks again within seconds, also while its tab is in the background. */
const POLL_MS = 3_000;

/** Calls that nobody has answered, the longest waiting first. */
export const callsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["calls", "unanswered"],
    queryFn: ({ signal }) => api.call("GET /api/pages", { query: { list: "unanswered", limit: 50 } }, signal),
    refetchInterval: POLL_MS,
    refetchIntervalInBackground: true,
    staleTime: 0,
  });

/** Calls that were answered, the newest first. */
export const answeredCallsQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: ["calls", "answered"],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/pages",
        { query: { list: "answered", limit: 20, ...(pageParam === undefined ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });

export const healthQuery = (api: Api) =>
  queryOptions({
    queryKey: ["health"],
    queryFn: ({ signal }) => api.call("GET /api/health", {}, signal),
    refetchInterval: 15_000,
  });
