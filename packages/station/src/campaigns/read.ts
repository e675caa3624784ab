import { type Campaign, type CampaignReport, growthOf, type Lead, leadsOf } from "@fairlead/assessment";
import type { Claim, Report, ReportId } from "@fairlead/report";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { tierName } from "../desk-api/words.ts";
import { StationError } from "../errors.ts";
import type { ReportStatus } from "../store/tables.ts";

/** Reports that are ranked of one campaign: those that came last and are not closed. */
const RANKED = 5000;
const WEEK_DAYS = 7;

export interface CampaignFacts {
  id: string;
  campaign: Campaign;
  /** Sightings of the last seven days, and of the seven before. */
  growth: { last: number; before: number };
}

/** The campaigns, those that most hold first. */
export async function listCampaigns(station: Station, limit = 200): Promise<CampaignFacts[]> {
  const rows = await station.db.kysely
    .selectFrom("campaign")
    .select(["id", "detail"])
    .orderBy("holders", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id, detail }) => factsOf(station, id, detail));
}

/**
 * The campaign of an item, whichever of its items the id names.
 * @throws StationError `not-found`
 */
export async function campaignOfId(station: Station, id: string): Promise<CampaignFacts> {
  const row = await station.db.kysely
    .selectFrom("campaign_item")
    .innerJoin("campaign", "campaign.id", "campaign_item.campaign")
    .select(["campaign.id", "campaign.detail"])
    .where("campaign_item.item", "=", id)
    .executeTakeFirst();
  if (row !== undefined) return factsOf(station, row.id, row.detail);
  throw new StationError("not-found", "No campaign has this item.", {
    remedy: "Go back to the list of campaigns: an item is one once many hold it.",
  });
}

function factsOf(station: Station, id: string, campaign: Campaign): CampaignFacts {
  return { id, campaign, growth: growthOf(campaign, station.clock(), WEEK_DAYS) };
}

/** A report of a campaign that nobody has worked. */
export interface OpenReport {
  id: string;
  number: string;
  sender: string;
  tier: number | null;
  status: ReportStatus;
  /** It shows nothing beyond the item: no lead, no subject, the lowest tier. */
  isCopy: boolean;
}

export interface CampaignLeads {
  leads: Array<Lead & { number: string; status: ReportStatus; tier: number | null; subject: string | null }>;
  copies: OpenReport[];
}

interface Row {
  id: ReportId;
  number: string;
  content: Report;
  received_at: string;
  tier: number | null;
  status: ReportStatus;
  claims: Claim[];
  days: number;
  subject: string | null;
  lane: string | null;
}

/** Who stands out in a campaign, by the pure rules, and which of its open reports are nothing but copies. */
export async function campaignLeads(station: Station, { campaign }: CampaignFacts): Promise<CampaignLeads> {
  const hashes = (kind: "exact" | "perceptual") =>
    campaign.items.filter((item) => item.kind === kind).map(({ hash }) => hash);
  const { rows } = await sql<Row>`
    with seen as (
      select report_id, holder, seen_at from sighting
      where exact = any(${hashes("exact")}::text[]) or perceptual = any(${hashes("perceptual")}::text[])
    ), days as (
      select holder, count(distinct (seen_at at time zone 'UTC')::date)::integer as days from seen group by holder
    ), ranked as (
      select seen.report_id, max(days.days) as days from seen join days on days.holder = seen.holder
      join report on report.id = seen.report_id and report.status <> 'closed'
      group by seen.report_id order by seen.report_id desc limit ${RANKED}
    )
    select report.id, report.number::text, report.content, report.received_at, report.tier, report.status, report.lane, ranked.days,
      (
        select coalesce(json_agg(json_build_object('about', claim.about, 'source', claim.source, 'states', claim.states)), '[]')
        from claim where claim.report_id = report.id
      ) as claims,
      (select min(subject_member.subject) from subject_member where subject_member.report_id = report.id) as subject
    from ranked join report on report.id = ranked.report_id`.execute(station.db.kysely);
  const leads = leadsOf(
    rows.map(
      (row): CampaignReport => ({
        id: row.id,
        report: row.content,
        claims: row.claims,
        receivedAt: Date.parse(row.received_at),
        tier: tierName(row.tier ?? 1),
        daysSeen: row.days,
      }),
    ),
    campaign.items,
  );
  const byId = new Map(rows.map((row) => [row.id as string, row]));
  const standsOut = new Set<string>(leads.map(({ report }) => report));
  return {
    leads: leads.flatMap((lead) => {
      const row = byId.get(lead.report);
      return row === undefined
        ? []
        : [{ ...lead, number: row.number, status: row.status, tier: row.tier, subject: row.subject }];
    }),
    copies: rows
      .filter(
        (row) =>
          row.status === "new" &&
          row.tier === 5 &&
          row.subject === null &&
          row.lane !== "safeguarding-first" &&
          !standsOut.has(row.id),
      )
      .map((row) => ({
        id: row.id,
        number: row.number,
        sender: row.content.sender.name,
        tier: row.tier,
        status: row.status,
        isCopy: true,
      })),
  };
}

export interface ClosingFacts {
  id: string;
  opened_at: string;
  by: string;
  copies: number;
  closed: number;
  closed_at: string | null;
  stopped_at: string | null;
  sample: Array<{ id: string; number: string; found: "copy" | "lead" | null }>;
}

/** The newest closing of a campaign, open or done. */
export async function openClosing(station: Station, campaign: string): Promise<ClosingFacts | undefined> {
  const { rows } = await sql<ClosingFacts>`
    select campaign_closing.id, campaign_closing.opened_at, person.name as by, campaign_closing.closed_at,
      campaign_closing.stopped_at,
      (select count(*)::integer from campaign_copy where campaign_copy.closing = campaign_closing.id) as copies,
      (
        select count(*)::integer from campaign_copy
        where campaign_copy.closing = campaign_closing.id and campaign_copy.closed_at is not null
      ) as closed,
      (
        select coalesce(json_agg(json_build_object(
          'id', report.id, 'number', report.number::text, 'found', campaign_copy.found
        ) order by report.id), '[]')
        from campaign_copy join report on report.id = campaign_copy.report_id
        where campaign_copy.closing = campaign_closing.id and campaign_copy.sampled
      ) as sample
    from campaign_closing join person on person.id = campaign_closing.opened_by
    where campaign_closing.campaign = ${campaign}
    order by campaign_closing.opened_at desc, campaign_closing.id desc limit 1`.execute(station.db.kysely);
  return rows[0];
}
