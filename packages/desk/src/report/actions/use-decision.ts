import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/context.ts";
import type { Api } from "../../api/client.ts";
import { reportQuery } from "../../api/queries.ts";
import type { ReportView } from "../../api/shapes.ts";
import { useAnnounce } from "../../app/announcer.tsx";

/**
 * A person's decision about one report. Nothing is shown as done before the station has answered: a decision is not a guess.
 * @param id the report
 * @param send makes the call, which answers with the report as it is after the decision
 * @param onDone what to do with the page once it holds; `said` is the result in words
 */
export function useDecision<Input>(
  id: string,
  send: (api: Api, input: Input) => Promise<ReportView>,
  said: (input: Input) => string,
  onDone: (said: string) => void,
) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { queryKey } = reportQuery(api, id);
  return useMutation({
    mutationFn: (input: Input) => send(api, input),
    onSuccess: (view, input) => {
      queries.setQueryData(queryKey, view);
      void queries.invalidateQueries({ queryKey: ["queue-head"] });
      const text = said(input);
      announce(text);
      onDone(text);
    },
    // Whether a decision that got no answer was made is for the station to say, not for this page to assume.
    onError: () => queries.invalidateQueries({ queryKey }),
  });
}
