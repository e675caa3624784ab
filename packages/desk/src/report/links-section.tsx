import { Link } from "@tanstack/react-router";
import type { LinkView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { TierMark } from "../ui/grades.tsx";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { Unknown } from "../ui/words.tsx";

/** Other reports that belong with this one: strong links are the same person, the others only suggest. */
export function LinksSection({ view }: { view: ReportView }) {
  const strong = view.links.filter(({ strength }) => strength === "strong");
  const others = view.links.filter(({ strength }) => strength !== "strong");
  return (
    <Section id="links" title={t("links.title")} count={view.links.length}>
      {view.links.length === 0 && <p>{t("links.none")}</p>}
      {strong.length > 0 && <LinkList title={t("links.same-person")} links={strong} />}
      {others.length > 0 && <LinkList title={t("links.suggested")} links={others} />}
    </Section>
  );
}

function LinkList({ title, links }: { title: string; links: readonly LinkView[] }) {
  return (
    <>
      <h3>{title}</h3>
      <Gradually items={links}>
        {(items) => (
          <ul className="link-list">
            {items.map((link) => (
              <li key={`${link.report} ${link.reason}`}>
                <Link to="/reports/$id" params={{ id: link.report }}>
                  {t("queue.number", { number: link.number })}
                </Link>
                {link.tier === undefined ? (
                  <Unknown>{t("queue.unassessed")}</Unknown>
                ) : (
                  <TierMark tier={link.tier} isShort />
                )}
                <span>{link.reason}</span>
                <span className="hint">
                  {t("links.how", {
                    strength: t(`strength.${link.strength}`),
                    status: linkStatus(link.status),
                  })}
                </span>
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
