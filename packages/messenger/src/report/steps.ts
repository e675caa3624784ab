import type { ReportDraft } from "../client/report/types.ts";

/** The steps of a report, in their order. `pictures` is there only if something that is shown has any. */
export const STEPS = ["what", "messages", "pictures", "words", "check"] as const;
export type Step = (typeof STEPS)[number];

export function stepsFor(draft: ReportDraft): readonly Step[] {
  const hasFiles = shownLines(draft).some(({ files }) => files.length > 0);
  return STEPS.filter((step) => step !== "pictures" || hasFiles);
}

export function shownLines(draft: ReportDraft): ReportDraft["lines"] {
  return draft.lines.filter(({ role }) => role !== "withheld");
}

/** Why the next step cannot be taken yet; null if it can. */
export function missingFor(step: Step, draft: ReportDraft): "category" | "messages" | null {
  if (step === "what" && draft.category === null) return "category";
  if (step === "messages" && !draft.lines.some(({ role }) => role === "selected")) return "messages";
  return null;
}

/** The step after or before this one; the same at either end. */
export function stepBeside(step: Step, draft: ReportDraft, by: 1 | -1): Step {
  const steps = stepsFor(draft);
  return steps[steps.indexOf(step) + by] ?? step;
}
