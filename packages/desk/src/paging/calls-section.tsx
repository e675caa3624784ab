import type { ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Section } from "../ui/section.tsx";
import { CallItem } from "./call-item.tsx";

/** Who was called about this report, why, and who has it. Only where somebody was. */
export function CallsSection({ view }: { view: ReportView }) {
  if (view.pages.length === 0) return null;
  return (
    <Section id="calls" title={t("calls.title")} count={view.pages.length}>
      <ol className="timeline">
        {view.pages.map((call) => (
          <CallItem key={call.id} call={call} view={view} mayAnswer={view.may.includes("answer-page")} />
        ))}
      </ol>
    </Section>
  );
}
