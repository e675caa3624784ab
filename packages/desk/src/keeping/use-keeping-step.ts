import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import { useApi } from "../api/context.ts";
import type { KeepingDecision, NewHold } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { keepingQuery } from "./queries.ts";

export type LastDay = NonNullable<NewHold["lastDay"]>;

/** What a person does about how long a report is kept. */
export type KeepingStep =
  | { step: "place"; hold: NewHold }
  | { step: "extend"; hold: string; reason: string; lastDay?: LastDay }
  | { step: "release"; hold: string; reason: string }
  | { step: "confirm"; reason: string }
  | { step: "longer" | "let-go"; decision: KeepingDecision };

/** Does such a step. Nothing is shown as done before the station has answered. @param id the report */
export function useKeepingStep(id: string, onDone: (said: string) => void) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { queryKey } = keepingQuery(api, id);
  return useMutation({
    mutationFn: async (step: KeepingStep) => await send(api, id, step),
    onSuccess: async (view, { step }) => {
      queries.setQueryData(queryKey, view);
      const said = t(`keeping.done.${step}`);
      announce(said);
      onDone(said);
      await Promise.all(
        [["keeping"], ["keeping-list"], ["tasks"], ["report"]].map((key) =>
          queries.invalidateQueries({ queryKey: key }),
        ),
      );
    },
    onError: async () => await queries.invalidateQueries({ queryKey }),
  });
}

async function send(api: Api, id: string, step: KeepingStep) {
  switch (step.step) {
    case "place":
      return await api.call("POST /api/reports/{id}/holds", { path: { id }, body: step.hold });
    case "extend": {
      const { hold, reason, lastDay } = step;
      const body = { reason, ...(lastDay === undefined ? {} : { lastDay }) };
      return await api.call("POST /api/reports/{id}/holds/{hold}/extend", { path: { id, hold }, body });
    }
    case "release": {
      const { hold, reason } = step;
      return await api.call("POST /api/reports/{id}/holds/{hold}/release", {
        path: { id, hold },
        body: { reason },
      });
    }
    case "confirm":
      return await api.call("POST /api/reports/{id}/erasing-confirmations", {
        path: { id },
        body: { reason: step.reason },
      });
    case "longer":
    case "let-go":
      return await api.call("POST /api/reports/{id}/keeping-decisions", {
        path: { id },
        body: step.decision,
      });
  }
}
