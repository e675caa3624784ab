import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import type { PageView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { CallItem } from "./call-item.tsx";
import { HealthSection } from "./health-section.tsx";
import { answeredCallsQuery, callsQuery } from "./queries.ts";

/** Every call: those that nobody has answered, who has the others, and whether the station can call at all. */
export function CallsPage() {
  const api = useApi();
  const calls = useQuery(callsQuery(api));
  const answered = useInfiniteQuery(answeredCallsQuery(api));
  const before = answered.data?.pages.flatMap(({ pages }) => pages);
  return (
    <Page title={t("paging.title")}>
      <p className="hint">{t("paging.intro")}</p>
      <HealthSection />
      <Section id="unanswered" title={t("paging.unanswered")}>
        {calls.isError && calls.data === undefined && <ErrorNotice error={calls.error} />}
        {calls.data !== undefined && <Calls calls={calls.data.pages} none={t("paging.none-unanswered")} />}
      </Section>
      <Section id="answered" title={t("paging.answered-list")}>
        {answered.isError && <ErrorNotice error={answered.error} />}
        {before !== undefined && <Calls calls={before} none={t("paging.none-answered")} />}
        {answered.hasNextPage && (
          <p className="more">
            <Button onPress={() => void answered.fetchNextPage()} isDisabled={answered.isFetchingNextPage}>
              {t("common.show-more", { count: 20 })}
            </Button>
          </p>
        )}
      </Section>
    </Page>
  );
}

function Calls({ calls, none }: { calls: readonly PageView[]; none: string }) {
  const session = useQuery(sessionQuery(useApi()));
  const mayAnswer = session.data?.may.includes("answer-page") === true;
  if (calls.length === 0) return <p>{none}</p>;
  return (
    <ol className="timeline">
      {calls.map((call) => (
        <CallItem key={call.id} call={call} mayAnswer={mayAnswer} />
      ))}
    </ol>
  );
}
