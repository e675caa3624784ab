import type { ConflictView } from "../api/shapes.ts";

/** What every dialog about a conflict is given. */
export interface ConflictStepProps {
  report: string;
  conflict: ConflictView;
  onClose: () => void;
  onDone: (said: string) => void;
}
