import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import { useApi } from "../api/context.ts";
import { DeskError } from "../api/error.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";

/** What a person does about a task. */
export type TaskAct =
  | { kind: "take-over" | "retry" | "correct" }
  | { kind: "hand-on"; to: string }
  | { kind: "elsewhere"; reason: string; effect?: string }
  | { kind: "close"; reason: string };

/** Does something about a task. Nothing is shown as done before the station has said so. */
export function useTaskAct(id: string, onDone: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: async (act: TaskAct) => await send(api, id, act),
    onSuccess: (_list, { kind }) => {
      announce(t(`tasks.done.${kind}`));
      onDone();
    },
    // It may have gone through, or a colleague may have been quicker: the station's words say so.
    onError: (error) => {
      if (error instanceof DeskError && error.problem !== undefined) announce(error.problem.detail);
    },
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["tasks"] }),
        queries.invalidateQueries({ queryKey: ["calls"] }),
        queries.invalidateQueries({ queryKey: ["report"] }),
      ]);
    },
  });
}

async function send(api: Api, id: string, act: TaskAct) {
  const path = { id };
  switch (act.kind) {
    case "take-over":
      return await api.call("POST /api/tasks/{id}/take-over", { path });
    case "retry":
      return await api.call("POST /api/tasks/{id}/retry", { path });
    case "correct":
      return await api.call("POST /api/tasks/{id}/correct", { path });
    case "hand-on":
      return await api.call("POST /api/tasks/{id}/hand-on", { path, body: { to: act.to } });
    case "elsewhere": {
      const { reason, effect } = act;
      const body = { reason, ...(effect === undefined ? {} : { effect }) };
      return await api.call("POST /api/tasks/{id}/elsewhere", { path, body });
    }
    case "close":
      return await api.call("POST /api/tasks/{id}/close", { path, body: { reason: act.reason } });
  }
}
