import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { campaignQuery } from "../api/queries.ts";
import type { CampaignView } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { ReasonDialog } from "../subjects/reason-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TierMark } from "../ui/grades.tsx";
import { Gradually } from "../ui/more.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { Instant, Tag } from "../ui/words.tsx";
import { whereWords } from "./campaigns-page.tsx";
import { SampleList } from "./sample-list.tsx";

/** One viral item: who still stands out in it first, then its copies. */
export function CampaignPage({ id }: { id: string }) {
  const found = useQuery(campaignQuery(useApi(), id));
  const view = found.data;
  if (view === undefined)
    return (
      <Page title={t("campaign.title-unknown")}>
        {found.isError ? (
          <ErrorNotice error={found.error} />
        ) : (
          <p className="empty">{t("campaign.loading")}</p>
        )}
      </Page>
    );
  const { campaign } = view;
  return (
    <Page title={t("campaign.title", { item: campaign.hash.slice(0, 12) })}>
      <p className="hint">{t("campaigns.intro")}</p>
      <SummaryList
        rows={[
          { term: t("campaign.items"), value: t("campaign.items-value", { count: campaign.items }) },
          { term: t("campaigns.holders"), value: String(campaign.holders) },
          { term: t("campaigns.reports"), value: String(campaign.reports) },
          {
            term: t("campaigns.growth"),
            value: t("campaigns.growth-value", { last: campaign.lastWeek, before: campaign.weekBefore }),
          },
          { term: t("campaigns.where"), value: whereWords(campaign) },
          {
            term: t("campaigns.seen"),
            value: (
              <>
                <Instant at={campaign.firstSeen} />, <Instant at={campaign.lastSeen} ago />
              </>
            ),
          },
        ]}
      />
      <Leads view={view} />
      <Copies id={id} view={view} />
    </Page>
  );
}

function Leads({ view }: { view: CampaignView }) {
  return (
    <Section id="leads" title={t("campaign.leads")} count={view.leads.length}>
      {view.leads.length === 0 && <p>{t("campaign.leads-none")}</p>}
      <Gradually items={view.leads}>
        {(items) => (
          <ul className="link-list">
            {items.map(({ report, number, tier, status, reasons }) => (
              <li key={report}>
                <Link to="/reports/$id" params={{ id: report }}>
                  {t("queue.number", { number })}
                </Link>
                {tier !== undefined && <TierMark tier={tier} isShort />}
                <span>{reasons.map(({ text }) => text).join(" ")}</span>
                <Tag tone="quiet">{t(`status.${status}`)}</Tag>
              </li>
            ))}
          </ul>
        )}
      </Gradually>
    </Section>
  );
}

type Move = { draw: true } | { report: string; found: "copy" | "lead" } | { close: string };

function Copies({ id, view }: { id: string; view: CampaignView }) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [closes, setCloses] = useState(false);
  const { closing } = view;
  const path = { campaign: id };
  const made = useMutation({
    mutationFn: (move: Move) => {
      if ("draw" in move) return api.call("POST /api/campaigns/{campaign}/closings", { path });
      const of = { ...path, closing: closing?.id ?? "" };
      return "close" in move
        ? api.call("POST /api/campaigns/{campaign}/closings/{closing}/close", {
            path: of,
            body: { reason: move.close },
          })
        : api.call("POST /api/campaigns/{campaign}/closings/{closing}/seen", { path: of, body: move });
    },
    onSuccess: (after) => {
      queries.setQueryData(campaignQuery(api, id).queryKey, after);
      void queries.invalidateQueries({ queryKey: ["queue-head"] });
      setCloses(false);
      announce(t("campaign.done"));
    },
  });
  const may = view.may.includes("close-copies");
  const isLooking = closing?.state === "looking";
  const left = closing?.sample.filter(({ found }) => found === undefined).length ?? 0;
  return (
    <Section id="copies" title={t("campaign.copies")} count={view.copies}>
      <p>{t("campaign.copies-value", { count: view.copies })}</p>
      {closing?.state === "closed" && (
        <Notice tone="done" title={t("campaign.closed", { count: closing.closed })} />
      )}
      {closing?.state === "stopped" && <Notice title={t("campaign.stopped")} />}
      {made.isError && <ErrorNotice error={made.error} acted />}
      {may && !isLooking && view.copies > 0 && (
        <>
          <p className="hint">{t("campaign.draw-hint")}</p>
          <div className="buttons">
            <Button look="primary" onPress={() => made.mutate({ draw: true })} isDisabled={made.isPending}>
              {t("campaign.draw", { size: view.sampleSize })}
            </Button>
          </div>
        </>
      )}
      {isLooking && closing !== undefined && (
        <>
          <h3>
            {t("campaign.sample", { size: closing.sample.length, copies: closing.copies, by: closing.by })}
          </h3>
          <p>{t("campaign.sample-left", { left })}</p>
          <SampleList
            sample={closing.sample}
            onFound={may ? (report, found) => made.mutate({ report, found }) : undefined}
          />
          {may && left === 0 && (
            <Button look="primary" onPress={() => setCloses(true)}>
              {t("campaign.close", { count: closing.copies })}
            </Button>
          )}
        </>
      )}
      {closes && (
        <ReasonDialog
          title={t("campaign.close.title")}
          text={t("campaign.close.text")}
          isBusy={made.isPending}
          error={made.error}
          onSubmit={(close) => made.mutate({ close })}
          onClose={() => setCloses(false)}
        />
      )}
    </Section>
  );
}
