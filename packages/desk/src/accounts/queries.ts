import { queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";

/** The accounts that wait for a person. */
export const accountsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["accounts"],
    queryFn: ({ signal }) => api.call("GET /api/accounts", {}, signal),
    refetchInterval: 60_000,
  });

/** One account. Each look is in the log, so it is asked for once and not again behind the person's back. */
export const accountQuery = (api: Api, account: string) =>
  queryOptions({
    queryKey: ["accounts", account],
    queryFn: ({ signal }) => api.call("GET /api/accounts/{account}", { path: { account } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
