import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { DeskError } from "../api/error.ts";
import type { PageView } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { callsQuery } from "./queries.ts";

/** Answers a call, or takes one over. Nothing is shown as done before the station has said so. */
export function useAnswer(how: "answer" | "take-over") {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: async ({ id }: PageView) =>
      await api.call(how === "answer" ? "POST /api/pages/{id}/answer" : "POST /api/pages/{id}/take-over", {
        path: { id },
      }),
    onSuccess: (list, { number, task }) => {
      queries.setQueryData(callsQuery(api).queryKey, list);
      if (task !== undefined && how === "answer") announce(t("paging.answered-task"));
      else announce(t(how === "answer" ? "paging.answered" : "paging.taken-over", { number: number ?? "" }));
    },
    // Somebody else may have been quicker: the station's words say who.
    onError: (error) => {
      if (error instanceof DeskError && error.problem !== undefined) announce(error.problem.detail);
    },
    onSettled: async (_list, _error, { report }) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["calls"] }),
        queries.invalidateQueries({ queryKey: ["report", report] }),
      ]);
    },
  });
}
