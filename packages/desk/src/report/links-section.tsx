import { Link } from "@tanstack/react-router";
import type { ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { TierMark } from "../ui/grades.tsx";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { Unknown } from "../ui/words.tsx";
import { type LinkedReport, linkedReports } from "./linked-reports.ts";

/** Other reports that belong with this one: strong links are the same person, the others only suggest. */
export function LinksSection({ view }: { view: ReportView }) {
  const reports = linkedReports(view.links);
  const same = reports.filter(({ isSamePerson }) => isSamePerson);
  const others = reports.filter(({ isSamePerson }) => !isSamePerson);
  return (
    <Section id="links" title={t("links.title")} count={reports.length}>
      {reports.length === 0 && <p>{t("links.none")}</p>}
      {same.length > 0 && <LinkList title={t("links.same-person")} reports={same} />}
      {others.length > 0 && <LinkList title={t("links.suggested")} reports={others} />}
    </Section>
  );
}

function LinkList({ title, reports }: { title: string; reports: readonly LinkedReport[] }) {
  return (
    <>
      <h3>{title}</h3>
      <Gradually items={reports}>
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
