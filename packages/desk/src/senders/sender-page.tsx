import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { senderQuery, sessionQuery } from "../api/queries.ts";
import type { Estimate, SenderView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { Unknown } from "../ui/words.tsx";
import { BurstNotice } from "./burst-notice.tsx";
import { shareText } from "./burst-words.ts";
import { SettledBursts } from "./settled-bursts.tsx";
import { ShareWords } from "./share-words.tsx";

type Month = SenderView["months"][number];
type Measure = SenderView["shifts"][number]["name"];

/** One sender's scorecard: what it has begun to leave empty, what differs from its own earlier months, and every measure with its range. */
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
  const { id, months, bursts } = view;
  const session = useQuery(sessionQuery(useApi()));
  const mayAccept = session.data?.may.includes("accept-format") === true;
  const waiting = bursts.filter(({ settled }) => settled === undefined);
  const settled = bursts.filter((burst) => burst.settled !== undefined);
  const [latest, before] = months;
  return (
    <>
      {waiting.map((burst) => (
        <BurstNotice key={burst.id} sender={id} burst={burst} mayAccept={mayAccept} />
      ))}
      {settled.length > 0 && (
        <Section id="bursts" title={t("burst.history")}>
          <SettledBursts bursts={settled} />
        </Section>
      )}
      {latest !== undefined && <Months view={view} latest={latest} before={before} />}
    </>
  );
}

interface MonthsProps {
  view: SenderView;
  latest: Month;
  before: Month | undefined;
}

function Months({ view: { id, shifts }, latest, before }: MonthsProps) {
  const path = `/api/senders/${encodeURIComponent(id)}`;
  return (
    <>
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
