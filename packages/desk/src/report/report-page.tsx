import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { isSignedOut, mayPass } from "../api/error.ts";
import { reportQuery } from "../api/queries.ts";
import type { ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { AsSent, Instant, Tag } from "../ui/words.tsx";
import { ArrivalsSection } from "../arrivals/arrivals-section.tsx";
import { ConflictsSection } from "../deconfliction/conflicts-section.tsx";
import { KeepingSection } from "../keeping/keeping-section.tsx";
import { CallsSection } from "../paging/calls-section.tsx";
import { UkDirectSection } from "../uk-direct/uk-section.tsx";
import { SafeguardingSection } from "../safeguarding/safeguarding-section.tsx";
import { WhereaboutsSection } from "../whereabouts/whereabouts-section.tsx";
import { ActionsPanel } from "./actions/actions-panel.tsx";
import { ChainSection } from "./chain-section.tsx";
import { ClaimsSection } from "./claims-section.tsx";
import { ErasedPage } from "./erased-page.tsx";
import { EventsSection } from "./events-section.tsx";
import { OriginSection } from "../origin/origin-section.tsx";
import { EvidenceSection } from "../evidence/evidence-section.tsx";
import { HistorySection } from "./history-section.tsx";
import { LinksSection } from "./links-section.tsx";
import { PeopleSection } from "./people-section.tsx";
import { RequestsSection } from "../requests/requests-section.tsx";
import { StatementsSection } from "./statements-section.tsx";
import { SummarySection } from "./summary-section.tsx";

export function ReportPage({ id }: { id: string }) {
  const report = useQuery(reportQuery(useApi(), id));
  const view = report.data;
  if (view === undefined) {
    return (
      <Page title={t("report.title-unknown")} aside={<BackToQueue />}>
        {report.isError ? (
          <ErrorNotice error={report.error}>
            {mayPass(report.error) && (
              <Button onPress={() => void report.refetch()}>{t("common.try-again")}</Button>
            )}
          </ErrorNotice>
        ) : (
          <p className="empty">{t("report.loading")}</p>
        )}
      </Page>
    );
  }
  return (
    <Page title={t("queue.number", { number: view.entry.number })} aside={<Identity view={view} />}>
      {report.isError && !isSignedOut(report.error) && <ErrorNotice error={report.error} />}
      {view.entry.erased !== undefined ? <ErasedPage view={view} /> : <WholeReport view={view} />}
    </Page>
  );
}

function WholeReport({ view }: { view: ReportView }) {
  return (
    <div className="report-layout">
      <ActionsPanel view={view} />
      <div className="report-main">
        <SummarySection view={view} />
        <ArrivalsSection view={view} />
        <WhereaboutsSection view={view} />
        <CallsSection view={view} />
        <SafeguardingSection view={view} />
        <ConflictsSection view={view} />
        <RequestsSection view={view} />
        <UkDirectSection id={view.entry.id} />
        <PeopleSection view={view} />
        <EventsSection view={view} />
        <OriginSection view={view} />
        <EvidenceSection view={view} />
        <StatementsSection view={view} />
        <ClaimsSection view={view} />
        <LinksSection view={view} />
        <ChainSection view={view} />
        <KeepingSection id={view.entry.id} />
        <HistorySection view={view} />
      </div>
    </div>
  );
}

/** Whose report this is and where it stands, beside its number. */
function Identity({ view }: { view: ReportView }) {
  const { entry, report } = view;
  return (
    <div className="identity">
      <Tag tone="strong">{t(entry.erased === undefined ? `status.${entry.status}` : "status.erased")}</Tag>
      <span>{t(`incident.${entry.incident}`)}</span>
      {entry.platform !== undefined && <AsSent>{entry.platform}</AsSent>}
      <span>{t("report.handed-by", { sender: report.sender.name, by: view.handedBy })}</span>
      <span>
        {t("report.received")} <Instant at={entry.receivedAt} ago />
      </span>
      {entry.arrivals !== undefined && (
        <a href="#arrivals-title">{t("queue.arrivals", { count: entry.arrivals })}</a>
      )}
      {entry.samePerson > 0 && (
        <a href="#links-title">{t("report.same-person", { count: entry.samePerson })}</a>
      )}
      {entry.campaign !== undefined && (
        <Link to="/campaigns/$id" params={{ id: entry.campaign.id }}>
          {t("queue.campaign", { count: entry.campaign.holders })}
        </Link>
      )}
      <BackToQueue />
    </div>
  );
}

function BackToQueue() {
  return (
    <Link to="/" className="back" aria-keyshortcuts="q">
      {t("nav.back-to-queue")}
    </Link>
  );
}
