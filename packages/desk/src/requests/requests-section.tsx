import { useState } from "react";
import type { ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { AnswerDialog } from "./answer-dialog.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { EndingDialog } from "./ending-dialog.tsx";
import { RequestCard, type RequestStepName } from "./request-card.tsx";
import { SentDialog } from "./sent-dialog.tsx";

/** What has been asked about this report, what came back, and what that changed. Not there before somebody has asked. */
export function RequestsSection({ view }: { view: ReportView }) {
  const [open, setOpen] = useState<{ request: string; step: RequestStepName }>();
  const [done, setDone] = useState<string>();
  const request = view.requests.find(({ id }) => id === open?.request);
  if (view.requests.length === 0) return null;
  const mayAct = view.may.includes("make-requests");
  const dialog =
    request === undefined
      ? undefined
      : {
          reportId: view.entry.id,
          view,
          request,
          onClose: () => setOpen(undefined),
          onDone: (said: string) => {
            setOpen(undefined);
            setDone(said);
          },
        };
  return (
    <Section id="requests" title={t("requests.title")} count={view.requests.length}>
      {done !== undefined && <Notice tone="done" title={done} />}
      <ul className="cards">
        {view.requests.toReversed().map((each) => (
          <li key={each.id}>
            <RequestCard
              request={each}
              mayAct={mayAct}
              onStep={(step) => setOpen({ request: each.id, step })}
            />
          </li>
        ))}
      </ul>
      {dialog !== undefined && open?.step === "edit" && <EditDialog {...dialog} />}
      {dialog !== undefined && open?.step === "sent" && <SentDialog {...dialog} />}
      {dialog !== undefined && open?.step === "answer" && <AnswerDialog {...dialog} />}
      {dialog !== undefined && (open?.step === "refused" || open?.step === "withdrawn") && (
        <EndingDialog {...dialog} to={open.step} />
      )}
    </Section>
  );
}
