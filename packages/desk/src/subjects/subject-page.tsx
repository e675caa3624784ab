import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { subjectQuery } from "../api/queries.ts";
import type { SubjectReport, SubjectView } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { isMessageKey, t } from "../messages/catalogue.ts";
import { outcomeKindWords } from "../report/outcome-words.ts";
import { Button } from "../ui/button.tsx";
import { LevelMark, TierMark } from "../ui/grades.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { Instant, Tag, Unknown } from "../ui/words.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import { keyKindWords, shortValue } from "./key-words.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import { SubjectFacts, SubjectWaits } from "./subject-card.tsx";

/** The person behind joined reports: who looks after it, what became of each report, and what must be looked at first. */
export function SubjectPage({ id }: { id: string }) {
  const api = useApi();
  const pages = useInfiniteQuery(subjectQuery(api, id));
  const [first] = pages.data?.pages ?? [];
  if (first === undefined)
    return (
      <Page title={t("subject.title")}>
        {pages.isError ? (
          <ErrorNotice error={pages.error}>
            <Button onPress={() => void pages.refetch()}>{t("common.try-again")}</Button>
          </ErrorNotice>
        ) : (
          <p className="empty">{t("subject.loading")}</p>
        )}
      </Page>
    );
  const reports = pages.data?.pages.flatMap((page) => page.reports) ?? [];
  return (
    <Page
      title={t("subject.title")}
      aside={<span>{t("subject.is-one", { count: first.subject.reports })}</span>}
    >
      {first.subject.waiting && <SubjectWaits subject={first.subject} />}
      <SubjectFacts subject={first.subject} />
      {first.may.includes("decide-links") && <Decisions id={id} view={first} />}
      <Bridges view={first} />
      <Section id="reports" title={t("subject.reports")} count={first.subject.reports}>
        <ReportTable reports={reports} />
        {pages.hasNextPage && (
          <Button onPress={() => void pages.fetchNextPage()} isDisabled={pages.isFetching}>
            {t("subject.more")}
          </Button>
        )}
      </Section>
    </Page>
  );
}

function Decisions({ id, view }: { id: string; view: SubjectView }) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [open, setOpen] = useState<"look" | "assign">();
  const made = useMutation({
    mutationFn: (input: { look: string } | { owner?: string; reason?: string }) =>
      "look" in input
        ? api.call("POST /api/subjects/{subject}/look", {
            path: { subject: id },
            body: { reason: input.look },
          })
        : api.call("POST /api/subjects/{subject}/owner", { path: { subject: id }, body: input }),
    onSuccess: async () => {
      setOpen(undefined);
      announce(t("decide.done"));
      await queries.invalidateQueries({ queryKey: ["subject", id] });
      void queries.invalidateQueries({ queryKey: ["report"] });
    },
  });
  return (
    <div className="buttons">
      <Button look="primary" onPress={() => made.mutate({})} isDisabled={made.isPending}>
        {t("subject.take")}
      </Button>
      <Button onPress={() => setOpen("assign")}>{t("subject.assign")}</Button>
      {view.subject.waiting && <Button onPress={() => setOpen("look")}>{t("subject.look")}</Button>}
      {made.isError && open === undefined && <ErrorNotice error={made.error} acted />}
      {open === "look" && (
        <ReasonDialog
          title={t("subject.look")}
          text={t("subject.bridges-hint")}
          isBusy={made.isPending}
          error={made.error}
          onSubmit={(look) => made.mutate({ look })}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === "assign" && (
        <AssignDialog
          colleagues={view.colleagues}
          isBusy={made.isPending}
          error={made.error}
          onSubmit={(owner, reason) => made.mutate({ owner, ...(reason === "" ? {} : { reason }) })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}

function Bridges({ view }: { view: SubjectView }) {
  if (view.bridges.length === 0) return null;
  return (
    <Section id="bridges" title={t("subject.bridges")} count={view.bridges.length}>
      <p className="hint">{t("subject.bridges-hint")}</p>
      <ul>
        {view.bridges.map(({ kind, value, parts }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- one value may be a bridge at several places
          <li key={index}>
            {kind === "decision"
              ? t("subject.bridge-decision", { parts: parts.join(" + ") })
              : t("subject.bridge", {
                  kind: keyKindWords(kind),
                  value: shortValue(value),
                  parts: parts.join(" + "),
                })}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ReportTable({ reports }: { reports: readonly SubjectReport[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t("subject.reports")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("subject.report")}</th>
            <th scope="col">{t("subject.received")}</th>
            <th scope="col">{t("subject.grade")}</th>
            <th scope="col">{t("subject.became")}</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <ReportRow key={report.id} report={report} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ReportRow({ report }: { report: SubjectReport }) {
  const { id, number, incident, sender, status, tier, level, referrals, outcomes } = report;
  const kind = `incident.${incident}`;
  return (
    <tr>
      <th scope="row">
        <Link to="/reports/$id" params={{ id }}>
          {t("queue.number", { number })}
        </Link>
        <span className="hint">
          {isMessageKey(kind) ? t(kind as "incident.travel") : incident}, {sender}
        </span>
      </th>
      <td data-label={t("subject.received")}>
        <Instant at={report.receivedAt} ago />
      </td>
      <td data-label={t("subject.grade")}>
        {tier === undefined ? <Unknown>{t("queue.unassessed")}</Unknown> : <TierMark tier={tier} isShort />}{" "}
        {level !== undefined && <LevelMark level={level} />}
      </td>
      <td data-label={t("subject.became")}>
        <Tag>{t(`status.${status}`)}</Tag>
        {referrals.map(({ peer, by, at }) => (
          <span key={`${peer} ${at}`} className="hint">
            {t("subject.referred", { peer, by })}
          </span>
        ))}
        {outcomes.length > 0 ? (
          <span className="hint">{outcomes.map(outcomeKindWords).join(", ")}</span>
        ) : (
          referrals.length === 0 && <span className="hint">{t("subject.nothing-yet")}</span>
        )}
      </td>
    </tr>
  );
}
