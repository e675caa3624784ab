import type { NewConflictStep } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { useDecision } from "../report/actions/use-decision.ts";

/** A step about what stands between this station and a peer. It goes to all that is open between the two over this report. */
export function useConflictStep(
  report: string,
  { peer, peerName }: { peer: string; peerName: string },
  onDone: (said: string) => void,
) {
  return useDecision(
    report,
    (api, body: NewConflictStep) =>
      api.call("POST /api/reports/{id}/conflicts/{peer}/steps", { path: { id: report, peer }, body }),
    ({ kind }) => t(`conflicts.done.${kind}`, { peer: peerName }),
    onDone,
  );
}
