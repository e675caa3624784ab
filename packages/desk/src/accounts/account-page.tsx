import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { AccountPage as View } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant } from "../ui/words.tsx";
import { AccountDecisionForm } from "./decision-form.tsx";
import { accountQuery } from "./queries.ts";
import { SignalCard } from "./signal-card.tsx";

/** One account: what stands, what it rests on and how often that is right, and what a person decides. */
export function AccountPage({ account }: { account: string }) {
  const query = useQuery(accountQuery(useApi(), account));
  return (
    <Page title={t("accounts.one.title", { account })}>
      <p>
        <Link to="/accounts">{t("accounts.back")}</Link>
      </p>
      <p className="hint">{t("accounts.intro")}</p>
      <QueryNotice query={query} />
      {query.data !== undefined && <Shown view={query.data} />}
    </Page>
  );
}

function Shown({ view }: { view: View }) {
  const { standing, appeal } = view;
  const signals = new Map(
    standing.flatMap((one) => one.signals.map((signal) => [signal.rule, signal] as const)),
  );
  return (
    <>
      <SummaryList
        rows={[
          { term: t("accounts.one.name"), value: <AsSent>{view.name}</AsSent> },
          { term: t("accounts.one.age"), value: t(`accounts.age.${view.band}`) },
          { term: t("accounts.one.opened"), value: <Instant at={view.openedAt} /> },
        ]}
      />
      {appeal !== undefined && (
        <Section id="appeal" title={t("accounts.appeal")}>
          <p>{appeal.words === "" ? t("accounts.appeal-none") : <AsSent>{appeal.words}</AsSent>}</p>
        </Section>
      )}
      <Section id="standing" title={t("accounts.standing")} count={standing.length}>
        {standing.length === 0 && <p className="empty">{t("accounts.standing-none")}</p>}
        <ul className="plain">
          {standing.map(({ action, until }) => (
            <li key={action}>
              {t(`accounts.action.${action}`)}, {t("accounts.until")} <Instant at={until} />
            </li>
          ))}
        </ul>
      </Section>
      <Section id="counted" title={t("accounts.counted")} count={signals.size}>
        {signals.size === 0 && <p className="empty">{t("accounts.counted-none")}</p>}
        {[...signals.values()].map((signal) => (
          <SignalCard key={signal.rule} signal={signal} />
        ))}
      </Section>
      {(standing.length > 0 || appeal !== undefined) && <AccountDecisionForm view={view} />}
      <Section id="history" title={t("accounts.history")}>
        <ul className="plain">
          {view.history.map((step) => (
            <li key={`${step.at} ${step.what} ${"action" in step ? step.action : ""}`}>
              <Instant at={step.at} /> {stepWords(step)}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function stepWords(step: View["history"][number]): string {
  switch (step.what) {
    case "began":
    case "ended":
    case "lifted":
    case "decided":
      return t(`accounts.history.${step.what}`, { action: t(`accounts.action.${step.action}`) });
    case "appealed":
      return t("accounts.history.appealed", { words: step.words });
    case "keep":
    case "lift":
    case "longer":
      return t(`accounts.history.${step.what}`, { by: step.by, reason: step.reason });
  }
}
