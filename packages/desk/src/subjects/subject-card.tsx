import { Link } from "@tanstack/react-router";
import type { SubjectSummary } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { TierMark } from "../ui/grades.tsx";
import { Notice } from "../ui/notice.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { Instant, Unknown } from "../ui/words.tsx";

/** A subject in short: how many reports, since when, how urgent, whose it is, and whether it waits for somebody. */
export function SubjectCard({ subject }: { subject: SubjectSummary }) {
  return (
    <div className="subject-card">
      <p>
        <strong>{t("subject.is-one", { count: subject.reports })}</strong>{" "}
        <Link to="/subjects/$id" params={{ id: subject.id }}>
          {t("subject.open")}
        </Link>
      </p>
      {subject.waiting && <SubjectWaits subject={subject} />}
      <SubjectFacts subject={subject} />
    </div>
  );
}

export function SubjectWaits({ subject }: { subject: SubjectSummary }) {
  return (
    <Notice tone="alert" title={t("subject.waiting.title")}>
      {subject.frozen.map((why) => (
        <p key={why}>{t(`subject.waiting.${why}`)}</p>
      ))}
    </Notice>
  );
}

export function SubjectFacts({ subject }: { subject: SubjectSummary }) {
  const { owner, looked } = subject;
  return (
    <SummaryList
      rows={[
        {
          term: t("subject.owner"),
          value:
            owner === undefined ? (
              <Unknown>{t("subject.no-owner")}</Unknown>
            ) : (
              <>
                {t("subject.owner-value", { name: owner.name })}, <Instant at={owner.since} ago />
              </>
            ),
        },
        {
          term: t("subject.tier"),
          value:
            subject.tier === undefined ? (
              <Unknown>{t("queue.unassessed")}</Unknown>
            ) : (
              <TierMark tier={subject.tier} />
            ),
        },
        {
          term: t("subject.reports"),
          value: t("subject.reports-value", { count: subject.reports, open: subject.open }),
        },
        { term: t("subject.since"), value: <Instant at={subject.since} /> },
        { term: t("subject.newest"), value: <Instant at={subject.newest} ago /> },
        { term: t("subject.outcomes"), value: String(subject.outcomes) },
        looked === undefined
          ? undefined
          : {
              term: t("subject.waiting.title"),
              value: t("subject.looked", { name: looked.name, reason: looked.reason }),
            },
      ]}
    />
  );
}
