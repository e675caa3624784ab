import type { Api } from "../api/client.ts";
import type { ReportView } from "../api/shapes.ts";
import { useDecision } from "../report/actions/use-decision.ts";

/**
 * A step of a request about a report: the step, then the report as it is after it, because an answer may have raised its level.
 * @param send takes the step
 * @param said the result in words
 */
export function useRequestStep<Input>(
  id: string,
  send: (api: Api, input: Input) => Promise<unknown>,
  said: string,
  onDone: (said: string) => void,
) {
  return useDecision<Input>(
    id,
    async (api, input): Promise<ReportView> => {
      await send(api, input);
      return await api.call("GET /api/reports/{id}", { path: { id } });
    },
    () => said,
    onDone,
  );
}
