import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import type { DecidedFile } from "../api/shapes.ts";

/** What waits to be looked at, and what this person has in hand. */
export const reviewQuery = (api: Api) =>
  queryOptions({
    queryKey: ["review"],
    queryFn: ({ signal }) => api.call("GET /api/review", {}, signal),
    refetchInterval: 60_000,
  });

/** What a match with each bank does. */
export const policiesQuery = (api: Api) =>
  queryOptions({
    queryKey: ["review-policies"],
    queryFn: ({ signal }) => api.call("GET /api/review/policies", {}, signal),
  });

/** What this person has decided, the newest first; asked again while something is on its way to a source. */
export const decidedQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: ["review-decided"],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/review/decided",
        { query: pageParam === undefined ? {} : { after: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ files }) => files.some(isUnderway)) === true ? 2_000 : false,
  });

function isUnderway({ matches }: DecidedFile): boolean {
  return matches.some(({ feedback }) => feedback?.said?.delivery.state === "waiting");
}
