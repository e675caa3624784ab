import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ArrivalView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { TierMark } from "../ui/grades.tsx";
import { Gradually } from "../ui/more.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { AsSent, Instant, Tag, Unknown } from "../ui/words.tsx";
import { Amendment } from "./amendment.tsx";
import { ArrivalDialog, type ArrivalDraft } from "./arrival-dialog.tsx";
import { becameWords, doorWords, workedWords } from "./arrival-words.ts";

type Decide = ((draft: ArrivalDraft) => void) | undefined;

/** Whether there is more to say than that it arrived, once and in time. */
export function hasArrivals({
  arrivals: { members, awaited, maybe, decisions },
}: Pick<ReportView, "arrivals">): boolean {
  const isLate = members.some(({ late }) => late !== undefined);
  return isLate || members.length > 1 || awaited.length + maybe.length + decisions.length > 0;
}

/** How often the report arrived, by which door and how late, what was added to it, and what may be the same. Not there where nothing of that is. */
export function ArrivalsSection({ view }: { view: ReportView }) {
  const [draft, setDraft] = useState<ArrivalDraft>();
  const { id } = view.entry;
  const { members, amendments, awaited } = view.arrivals;
  const decide = view.may.includes("decide-links") ? setDraft : undefined;
  if (!hasArrivals(view)) return null;
  const worked = view.entry.status === "new" ? workedWords(members) : undefined;
  return (
    <Section id="arrivals" title={t("arrivals.title")} count={members.length}>
      {worked !== undefined && <Notice title={worked} />}
      {awaited.length > 0 && (
        <Notice title={t("arrivals.awaited")}>
          <p>{t("arrivals.awaited-text", { numbers: awaited.join(", ") })}</p>
        </Notice>
      )}
      <p>{t("arrivals.times", { count: members.length })}</p>
      {members[0]?.late !== undefined && <p className="hint">{t("arrivals.late-hint")}</p>}
      <Gradually items={members} step={10}>
        {(items) => <Arrivals members={items} decide={members.length > 1 ? decide : undefined} />}
      </Gradually>
      {amendments.map((amendment) => (
        <Amendment key={amendment.report} amendment={amendment} />
      ))}
      <Maybe view={view} decide={decide} />
      <Decisions view={view} decide={decide} />
      {draft !== undefined && <ArrivalDialog id={id} draft={draft} onClose={() => setDraft(undefined)} />}
    </Section>
  );
}

function Arrivals({ members, decide }: { members: readonly ArrivalView[]; decide: Decide }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("arrivals.number")}</th>
            <th scope="col">{t("arrivals.relation")}</th>
            <th scope="col">{t("arrivals.came")}</th>
            <th scope="col">{t("arrivals.when")}</th>
            <th scope="col">{t("arrivals.stands")}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Arrival key={member.report} member={member} decide={decide} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Arrival({ member, decide }: { member: ArrivalView; decide: Decide }) {
  const { report, number, relation, tier, late } = member;
  const became = becameWords(member);
  return (
    <tr>
      <th scope="row">
        {relation === "this" ? (
          t("queue.number", { number })
        ) : (
          <Link to="/reports/$id" params={{ id: report }}>
            {t("queue.number", { number })}
          </Link>
        )}
      </th>
      <td data-label={t("arrivals.relation")}>
        <Relation member={member} />
        {decide !== undefined && (
          <Button look="link" onPress={() => decide({ of: report, decision: { kind: "apart" }, number })}>
            {t("arrivals.apart")}
            <span className="visually-hidden">{t("queue.number", { number })}</span>
          </Button>
        )}
      </td>
      <td data-label={t("arrivals.came")}>
        {t("arrivals.by", { door: doorWords(member.door), by: member.handedBy })}{" "}
        <AsSent>{t("arrivals.as", { reference: member.issued ?? member.reference })}</AsSent>
      </td>
      <td data-label={t("arrivals.when")}>
        <Instant at={member.receivedAt} />{" "}
        {late !== undefined && (
          <Tag tone="strong">{t(`arrivals.late.${late.since}`, { days: late.days })}</Tag>
        )}
      </td>
      <td data-label={t("arrivals.stands")}>
        {t(`status.${member.status}`)}{" "}
        {tier === undefined ? <Unknown>{t("queue.unassessed")}</Unknown> : <TierMark tier={tier} isShort />}{" "}
        {became !== "" && <span className="hint">{became}</span>}
      </td>
    </tr>
  );
}

function Relation({ member: { relation, why, names } }: { member: ArrivalView }) {
  const reasons = why.flatMap((part) =>
    part === "same-files" || part === "same-content" || part === "same-number"
      ? [t(`arrivals.why.${part}`)]
      : [],
  );
  const named = names.length === 0 ? [] : [t("arrivals.names", { numbers: names.join(", ") })];
  const more = [...reasons, ...named].join("; ");
  return (
    <>
      {t(`arrivals.${relation}`)} {more !== "" && <span className="hint">{more}</span>}
    </>
  );
}

/** Reports that agree in part: nothing follows until a person says so. */
function Maybe({ view, decide }: { view: ReportView; decide: Decide }) {
  const { maybe } = view.arrivals;
  if (maybe.length === 0) return null;
  return (
    <>
      <h3>{t("arrivals.maybe")}</h3>
      <ul className="link-list">
        {maybe.map(({ report, number, door, receivedAt, status, why }) => (
          <li key={report}>
            <Link to="/reports/$id" params={{ id: report }}>
              {t("queue.number", { number })}
            </Link>
            <span>{why}</span>
            <span className="hint">
              {doorWords(door)}, <Instant at={receivedAt} />, {t(`status.${status}`)}
            </span>
            {decide !== undefined && (
              <span className="buttons">
                {(["same", "different"] as const).map((kind) => (
                  <Button
                    key={kind}
                    look="link"
                    onPress={() => decide({ of: view.entry.id, decision: { kind, other: report }, number })}
                  >
                    {t(kind === "same" ? "arrivals.is-same" : "arrivals.apart")}
                    <span className="visually-hidden">{t("queue.number", { number })}</span>
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Decisions({ view, decide }: { view: ReportView; decide: Decide }) {
  const { decisions } = view.arrivals;
  if (decisions.length === 0) return null;
  return (
    <>
      <h3>{t("arrivals.decisions")}</h3>
      <ul className="link-list">
        {decisions.map(({ id, kind, other, reason, by, at }) => (
          <li key={id}>
            <span>{t(`arrivals.decision.${kind}`, { number: other?.number ?? "" })}</span>
            <span>{t("decision.by", { name: by, reason })}</span>
            <Instant at={at} ago />
            {decide !== undefined && (
              <Button look="link" onPress={() => decide({ of: view.entry.id, undo: id })}>
                {t("arrivals.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
