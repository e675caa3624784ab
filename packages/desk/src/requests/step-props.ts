import type { ReportView, RequestView } from "../api/shapes.ts";

/** What every dialog about one request is given. */
export interface StepProps {
  reportId: string;
  view: ReportView;
  request: RequestView;
  onClose: () => void;
  onDone: (said: string) => void;
}
