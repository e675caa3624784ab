import { queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";

/** What is open between this station and others, and with whom it deconflicts. */
export const deconflictionQuery = (api: Api) =>
  queryOptions({
    queryKey: ["deconfliction"],
    queryFn: ({ signal }) => api.call("GET /api/deconfliction", {}, signal),
    refetchInterval: 30_000,
  });
