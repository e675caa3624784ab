import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/index.ts";
import {
  campaignLeads,
  campaignOfId,
  type CampaignFacts,
  closeCopies,
  drawSample,
  listCampaigns,
  noteSample,
  openClosing,
  sampleSize,
} from "../campaigns/index.ts";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import {
  campaignSummarySchema,
  type CampaignSummary,
  type CampaignView,
  campaignViewSchema,
  closeCopiesSchema,
  sampleFindingSchema,
} from "./campaign-contract.ts";
import { tierName } from "./words.ts";

const params = z.object({ campaign: z.string().min(1).max(128) });
const closingParams = params.extend({ closing: z.uuid() });

/** Viral items: who still stands out in them, and closing the copies together. */
export function campaignRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const view = { 200: campaignViewSchema };
  const mayClose = async (request: FastifyRequest) => {
    const principal = await signedIn(station, request);
    mustBeAllowed(station, principal, "close-copies");
    return principal;
  };

  app.get(
    "/api/campaigns",
    { schema: { response: { 200: z.object({ campaigns: z.array(campaignSummarySchema) }) } } },
    async (request) => {
      mustBeAllowed(station, await signedIn(station, request), "view-queue");
      return { campaigns: (await listCampaigns(station)).map(summaryOf) };
    },
  );

  app.get("/api/campaigns/:campaign", { schema: { params, response: view } }, async (request) => {
    const principal = await signedIn(station, request);
    mustBeAllowed(station, principal, "view-queue");
    return await viewOf(station, request.params.campaign, principal);
  });

  app.post("/api/campaigns/:campaign/closings", { schema: { params, response: view } }, async (request) => {
    const principal = await mayClose(request);
    const facts = await campaignOfId(station, request.params.campaign);
    await drawSample(station, facts, principal);
    return await viewOf(station, facts.id, principal);
  });

  app.post(
    "/api/campaigns/:campaign/closings/:closing/seen",
    { schema: { params: closingParams, body: sampleFindingSchema, response: view } },
    async (request) => {
      const principal = await mayClose(request);
      await noteSample(station, request.params.closing, request.body, principal);
      return await viewOf(station, request.params.campaign, principal);
    },
  );

  app.post(
    "/api/campaigns/:campaign/closings/:closing/close",
    { schema: { params: closingParams, body: closeCopiesSchema, response: view } },
    async (request) => {
      const principal = await mayClose(request);
      const { campaign, closing } = request.params;
      const facts = await campaignOfId(station, campaign);
      await closeCopies(station, facts, { closing, reason: request.body.reason }, principal);
      return await viewOf(station, facts.id, principal);
    },
  );
}

function summaryOf({ id, campaign, growth }: CampaignFacts): CampaignSummary {
  const [first] = campaign.items;
  return {
    id,
    items: campaign.items.length,
    hash: first?.hash ?? "",
    kind: first?.kind ?? "exact",
    holders: campaign.holders,
    reports: campaign.reports,
    senders: campaign.senders,
    countries: campaign.countries,
    firstSeen: new Date(campaign.firstSeen).toISOString(),
    lastSeen: new Date(campaign.lastSeen).toISOString(),
    lastWeek: growth.last,
    weekBefore: growth.before,
  };
}

async function viewOf(station: Station, id: string, principal: Principal): Promise<CampaignView> {
  const facts = await campaignOfId(station, id);
  const [{ leads, copies }, closing] = await Promise.all([
    campaignLeads(station, facts),
    openClosing(station, facts.id),
  ]);
  return {
    campaign: summaryOf(facts),
    days: facts.campaign.days,
    leads: leads.slice(0, 200).map(({ report, number, status, tier, subject, reasons }) => ({
      report,
      number,
      status,
      ...(tier === null ? {} : { tier: tierName(tier) }),
      ...(subject === null ? {} : { subject }),
      reasons: reasons.map(({ rule, text }) => ({ rule, text })),
    })),
    copies: copies.length,
    sampleSize: sampleSize(copies.length),
    ...(closing === undefined
      ? {}
      : {
          closing: {
            id: closing.id,
            openedAt: closing.opened_at,
            by: closing.by,
            copies: closing.copies,
            closed: closing.closed,
            state:
              closing.stopped_at === null ? (closing.closed_at === null ? "looking" : "closed") : "stopped",
            sample: closing.sample.map((each) => ({
              report: each.id,
              number: each.number,
              ...(each.found === null ? {} : { found: each.found }),
            })),
          },
        }),
    may: station.policy.may(principal, "close-copies") ? ["close-copies"] : [],
  };
}
