import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { senderQuery } from "../api/queries.ts";
import type { Estimate, SenderView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { Unknown } from "../ui/words.tsx";
import { percent } from "./percent.ts";
import { ShareWords } from "./share-words.tsx";

type Measure = SenderView["shifts"][number]["name"];

/** One sender's scorecard: what has fallen, what differs from its own earlier months, and every measure with its range. */
export function SenderPage({ id }: { id: string }) {
  const sender = useQuery(senderQuery(useApi(), id));
  const view = sender.data;
  return (
    <Page title={view?.name ?? t("senders.title")} aside={<Link to="/senders">{t("sender.back")}</Link>}>
      <QueryNotice query={sender} loading={t("sender.loading")} />
      {view !== undefined && <Scorecard view={view} />}
    </Page>
  );
}

function Scorecard({ view }: { view: SenderView }) {
  const { id, months, shifts, alarms } = view;
  const [latest, before] = months;
  if (latest === undefined) return null;
  const path = `/api/senders/${encodeURIComponent(id)}`;
  return (
    <>
      {alarms.map(({ field, since, now, before: earlier }) => (
        <Notice
          key={field}
          tone="alert"
          title={t("sender.alarm.title", { field: t(`scored.${field}`), since: formatInstant(since) })}
        >
          <p>{t("sender.alarm.text", { before: shareText(earlier), now: shareText(now) })}</p>
        </Notice>
      ))}
      <Section id="shifts" title={t("sender.shifts")}>
        {shifts.length === 0 ? (
          <p>{t("sender.no-shifts")}</p>
        ) : (
          <ul>
            {shifts.map(({ name, direction, now, before: earlier }) => (
              <li key={name}>
                {t("sender.shift", {
                  measure: t(`scored.${name}`),
                  direction,
                  before: shareText(earlier),
                  now: shareText(now),
                })}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section id="fields" title={t("sender.fields", { month: latest.month })}>
        <Measures now={latest.fields} before={before?.fields} caption={t("sender.fields", latest)} />
        {latest.completeness !== undefined && (
          <p className="hint">
            {t("sender.completeness", { value: Math.round(latest.completeness), reports: latest.reports })}
          </p>
        )}
      </Section>
      <Section id="shares" title={t("sender.shares", { month: latest.month })}>
        <Measures now={latest.shares} before={before?.shares} caption={t("sender.shares", latest)} />
      </Section>
      <p className="link-list">
        <a href={path} download={`${id}.json`}>
          {t("sender.json")}
        </a>{" "}
        <a href={`${path}/scorecard.csv`} download={`${id}.csv`}>
          {t("sender.csv")}
        </a>
      </p>
    </>
  );
}

function shareText({ share }: Estimate): string {
  return share === undefined ? t("sender.unknown") : percent(share);
}

interface MeasuresProps {
  now: Partial<Record<Measure, Estimate>>;
  before: Partial<Record<Measure, Estimate>> | undefined;
  caption: string;
}

function Measures({ now, before, caption }: MeasuresProps) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sender.measure")}</th>
            <th scope="col">{t("sender.share")}</th>
            <th scope="col">{t("sender.earlier")}</th>
          </tr>
        </thead>
        <tbody>
          {(Object.entries(now) as [Measure, Estimate][]).map(([name, estimate]) => (
            <tr key={name}>
              <th scope="row">{t(`scored.${name}`)}</th>
              <td data-label={t("sender.share")}>
                <ShareWords estimate={estimate} />
              </td>
              <td data-label={t("sender.earlier")}>
                <Earlier estimate={before?.[name]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Earlier({ estimate }: { estimate: Estimate | undefined }) {
  return estimate === undefined ? (
    <Unknown>{t("sender.unknown")}</Unknown>
  ) : (
    <ShareWords estimate={estimate} />
  );
}
