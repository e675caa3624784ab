import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import type { ReportView } from "../api/shapes.ts";
import { Erasing } from "../keeping/erasing.tsx";
import { keepingQuery } from "../keeping/queries.ts";
import { t } from "../messages/catalogue.ts";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant } from "../ui/words.tsx";
import { HistorySection } from "./history-section.tsx";

/** What is left of a report that was erased: that it was here, who decided, the certificate, and its place in the log. */
export function ErasedPage({ view }: { view: ReportView }) {
  const { entry, report, referrals } = view;
  const found = useQuery({
    ...keepingQuery(useApi(), entry.id),
    // It goes on by itself until the certificate is there.
    refetchInterval: ({ state }) => (state.data?.erasure.last?.stage === "erased" ? false : 3000),
  });
  return (
    <div className="report-main">
      <Section id="erased" title={t("erased.title")}>
        <p>{t("erased.intro")}</p>
        <SummaryList
          rows={[
            { term: t("erased.from"), value: <AsSent>{report.sender.name}</AsSent> },
            { term: t("erased.received"), value: <Instant at={entry.receivedAt} /> },
            referrals.length === 0
              ? undefined
              : {
                  term: t("erased.given"),
                  value: (
                    <>
                      {referrals.map(({ peerName }) => peerName).join(", ")}
                      <span className="hint">{t("erased.given-hint")}</span>
                    </>
                  ),
                },
          ]}
        />
        <QueryNotice query={found} />
        {found.data !== undefined && (
          <Erasing report={entry.id} view={found.data} onConfirm={() => undefined} />
        )}
      </Section>
      <HistorySection view={view} />
    </div>
  );
}
