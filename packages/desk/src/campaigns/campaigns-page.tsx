import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { campaignsQuery } from "../api/queries.ts";
import type { CampaignSummary } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Instant } from "../ui/words.tsx";

/** Items that very many hold: what bundles reports for work and joins nobody. */
export function CampaignsPage() {
  const campaigns = useQuery(campaignsQuery(useApi()));
  const all = campaigns.data?.campaigns ?? [];
  return (
    <Page title={t("campaigns.title")}>
      <p className="hint">{t("campaigns.intro")}</p>
      <QueryNotice query={campaigns} />
      {campaigns.data !== undefined && all.length === 0 && <p className="empty">{t("campaigns.none")}</p>}
      {all.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <caption className="visually-hidden">{t("campaigns.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("campaigns.item")}</th>
                <th scope="col">{t("campaigns.holders")}</th>
                <th scope="col">{t("campaigns.reports")}</th>
                <th scope="col">{t("campaigns.growth")}</th>
                <th scope="col">{t("campaigns.where")}</th>
                <th scope="col">{t("campaigns.seen")}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((campaign) => (
                <CampaignRow key={campaign.id} campaign={campaign} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

function CampaignRow({ campaign }: { campaign: CampaignSummary }) {
  return (
    <tr>
      <th scope="row">
        <Link to="/campaigns/$id" params={{ id: campaign.id }}>
          {campaign.hash.slice(0, 12)}
        </Link>
        <span className="hint">{t("campaign.items-value", { count: campaign.items })}</span>
      </th>
      <td data-label={t("campaigns.holders")}>{campaign.holders}</td>
      <td data-label={t("campaigns.reports")}>{campaign.reports}</td>
      <td data-label={t("campaigns.growth")}>
        {t("campaigns.growth-value", { last: campaign.lastWeek, before: campaign.weekBefore })}
      </td>
      <td data-label={t("campaigns.where")}>{whereWords(campaign)}</td>
      <td data-label={t("campaigns.seen")}>
        <div>
          <Instant at={campaign.firstSeen} />
          <span className="hint">
            <Instant at={campaign.lastSeen} ago />
          </span>
        </div>
      </td>
    </tr>
  );
}

export function whereWords({ senders, countries }: CampaignSummary): string {
  return t("campaigns.where-value", {
    senders: senders.length,
    countries: countries.length === 0 ? t("campaigns.no-country") : countries.join(", "),
  });
}
