import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useApi } from "../../api/context.ts";
import { queryOf, queueQuery } from "../../api/queries.ts";
import { useAnnounce } from "../../app/announcer.tsx";
import { t } from "../../messages/catalogue.ts";
import { useQueueMemory } from "../../queue/memory.ts";
import { followingReport } from "./following-report.ts";

/** Goes on to the report that stands after this one in the list it was opened from. */
export function useNextReport(id: string): () => void {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const memory = useQueueMemory();
  const announce = useAnnounce();
  return useCallback(() => {
    const go = async () => {
      const list = memory.last();
      const query = queueQuery(api, list);
      const known = queries.getQueryData(query.queryKey) ?? (await queries.fetchInfiniteQuery(query));
      let next = followingReport(known.pages, id);
      // The list may end where it was last fetched, or this report may have come from elsewhere: ask for its head again.
      if (next === undefined) {
        const fresh = await api.call("GET /api/queue", { query: { ...queryOf(list), limit: 2 } });
        next = fresh.entries.find((entry) => entry.id !== id)?.id;
      }
      if (next === undefined) {
        announce(t("actions.no-next"));
        await navigate({ to: "/" });
        return;
      }
      memory.set(list, { ...memory.get(list), active: next });
      await navigate({ to: "/reports/$id", params: { id: next } });
    };
    go().catch(() => navigate({ to: "/" }));
  }, [api, queries, navigate, memory, announce, id]);
}
