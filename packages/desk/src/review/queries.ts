import { queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";

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
