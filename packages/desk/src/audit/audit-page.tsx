import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { auditQuery } from "../api/queries.ts";
import { t } from "../messages/catalogue.ts";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { Instant, Unknown } from "../ui/words.tsx";

/** The audit log's size and its signed head, for somebody who checks this station from outside. */
export function AuditPage() {
  const audit = useQuery(auditQuery(useApi()));
  const view = audit.data;
  return (
    <Page title={t("audit.title")}>
      <p className="hint">{t("audit.intro")}</p>
      <QueryNotice query={audit} />
      {view !== undefined && (
        <>
          <SummaryList
            rows={[
              { term: t("audit.size"), value: view.size },
              { term: t("audit.pending"), value: t("audit.pending-value", { count: view.pending }) },
              {
                term: t("audit.at"),
                value:
                  view.at === undefined ? (
                    <Unknown>{t("audit.no-checkpoint")}</Unknown>
                  ) : (
                    <Instant at={view.at} ago />
                  ),
              },
            ]}
          />
          {view.checkpoint !== undefined && (
            <>
              <h2>{t("audit.checkpoint")}</h2>
              <p className="hint">{t("audit.checkpoint-hint")}</p>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
              <pre className="long-text" tabIndex={0}>
                {view.checkpoint}
              </pre>
            </>
          )}
        </>
      )}
    </Page>
  );
}
