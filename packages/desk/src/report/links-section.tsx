import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { LinkView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { keyKindWords, shortValue } from "../subjects/key-words.ts";
import { LinkDecisionDialog, type LinkDecisionDraft } from "../subjects/link-decision-dialog.tsx";
import { SubjectCard } from "../subjects/subject-card.tsx";
import { Button } from "../ui/button.tsx";
import { TierMark } from "../ui/grades.tsx";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { AsSent, Instant, Unknown } from "../ui/words.tsx";
import { type LinkedReport, linkedReports } from "./linked-reports.ts";

type Decide = ((draft: LinkDecisionDraft) => void) | undefined;

/** Who is behind it by joined reports, what links it to others, what might and does not, and what people decided. */
export function LinksSection({ view }: { view: ReportView }) {
  const [draft, setDraft] = useState<LinkDecisionDraft>();
  const reports = linkedReports(view.links);
  const same = reports.filter(({ isSamePerson }) => isSamePerson);
  const others = reports.filter(({ isSamePerson }) => !isSamePerson);
  const decide = view.may.includes("decide-links") ? setDraft : undefined;
  const nothing = reports.length + view.blocked.length + view.decisions.length + view.subjects.length === 0;
  return (
    <Section id="links" title={t("links.title")} count={reports.length}>
      {nothing && <p>{t("links.none")}</p>}
      {view.subjects.map((subject) => (
        <SubjectCard key={subject.id} subject={subject} />
      ))}
      {same.length > 0 && <LinkList title={t("links.same-person")} reports={same} decide={decide} />}
      {same.length > 0 && <p className="hint">{t("links.strongest")}</p>}
      {others.length > 0 && <LinkList title={t("links.suggested")} reports={others} decide={decide} />}
      <Decisions view={view} decide={decide} />
      <Blocked view={view} />
      {draft !== undefined && (
        <LinkDecisionDialog view={view} draft={draft} onClose={() => setDraft(undefined)} />
      )}
    </Section>
  );
}

function LinkList({
  title,
  reports,
  decide,
}: {
  title: string;
  reports: readonly LinkedReport[];
  decide: Decide;
}) {
  return (
    <>
      <h3>{title}</h3>
      <Gradually items={reports} step={10}>
        {(items) => (
          <ul className="link-list">
            {items.map(({ report, number, status, tier, links }) => (
              <li key={report}>
                <Link to="/reports/$id" params={{ id: report }}>
                  {t("queue.number", { number })}
                </Link>
                {tier === undefined ? (
                  <Unknown>{t("queue.unassessed")}</Unknown>
                ) : (
                  <TierMark tier={tier} isShort />
                )}
                <span>
                  {links
                    .map(({ reason, strength }) =>
                      t("links.reason", { reason, strength: t(`strength.${strength}`) }),
                    )
                    .join(", ")}
                </span>
                <span className="hint">{linkStatus(status)}</span>
                {decide !== undefined && <LinkButtons links={links} number={number} decide={decide} />}
              </li>
            ))}
          </ul>
        )}
      </Gradually>
    </>
  );
}

/** The decisions about one linked report: about the two by its first link, about each value that it shares. */
function LinkButtons({
  links,
  number,
  decide,
}: {
  links: readonly LinkView[];
  number: string;
  decide: NonNullable<Decide>;
}) {
  const [first] = links;
  if (first === undefined) return null;
  const pair = {
    person: first.person ?? "",
    other: { report: first.report, person: first.otherPerson ?? "" },
  };
  const value = links.find(({ kind }) => kind !== "decision");
  return (
    <span className="buttons">
      {(["same", "different"] as const).map((kind) => (
        <Button key={kind} look="link" onPress={() => decide({ decision: { kind, ...pair }, number })}>
          {t(`links.${kind}`)}
          <span className="visually-hidden">{t("queue.number", { number })}</span>
        </Button>
      ))}
      {value !== undefined && (
        <Button
          look="link"
          onPress={() =>
            decide({
              decision: { kind: "never-link", value: { kind: value.kind, value: value.value } },
              number,
            })
          }
        >
          {t("links.never")}
          <span className="visually-hidden">{t("queue.number", { number })}</span>
        </Button>
      )}
    </span>
  );
}

function Decisions({ view, decide }: { view: ReportView; decide: Decide }) {
  if (view.decisions.length === 0) return null;
  return (
    <>
      <h3>{t("links.decisions")}</h3>
      <ul className="link-list">
        {view.decisions.map(({ id, kind, other, value, reason, by, at }) => (
          <li key={id}>
            <span>
              {kind === "never-link"
                ? t("decision.never-link", {
                    kind: keyKindWords(value?.kind ?? ""),
                    value: shortValue(value?.value ?? ""),
                  })
                : t(`decision.${kind}`, { number: other?.number ?? "" })}
            </span>
            <span>{t("decision.by", { name: by, reason })}</span>
            <Instant at={at} ago />
            {decide !== undefined && (
              <Button look="link" onPress={() => decide({ undo: id })}>
                {t("links.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What others have too, and why it makes nobody the same person: an officer may ask. */
function Blocked({ view }: { view: ReportView }) {
  if (view.blocked.length === 0) return null;
  return (
    <>
      <h3>{t("links.blocked")}</h3>
      <Gradually items={view.blocked} step={10}>
        {(items) => (
          <ul className="link-list">
            {items.map(({ kind, value, text }) => (
              <li key={`${kind} ${value}`}>
                <span>{keyKindWords(kind)}</span>
                <AsSent>{shortValue(value)}</AsSent>
                <span className="hint">{text}</span>
              </li>
            ))}
          </ul>
        )}
      </Gradually>
    </>
  );
}

function linkStatus(status: string): string {
  return status === "new" || status === "referred" || status === "closed" ? t(`status.${status}`) : status;
}
