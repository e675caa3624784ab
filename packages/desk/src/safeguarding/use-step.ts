import type { NewSafeguardingStep } from "../api/shapes.ts";
import { useDecision } from "../report/actions/use-decision.ts";

/**
 * A step of a child's safeguarding. The station answers with the step alone, so the report is fetched anew before anything is shown as done.
 * @param id the report
 */
export function useStep(
  id: string,
  said: (step: NewSafeguardingStep) => string,
  onDone: (said: string) => void,
) {
  return useDecision(
    id,
    async (api, body: NewSafeguardingStep) => {
      await api.call("POST /api/reports/{id}/safeguarding", { path: { id }, body });
      return await api.call("GET /api/reports/{id}", { path: { id } });
    },
    said,
    onDone,
  );
}
