import { sqlFile } from "../sql-file.ts";

const CAMPAIGN_OF = sqlFile(import.meta.url, "./campaign-of.sql");

/** The campaign that a report has an item of, as the desk marks it. */
export interface CampaignMark {
  id: string;
  holders: number;
}

/** A part of another statement: the `CampaignMark` of the report that a column names, or null. */
export function campaignOf(column: string): string {
  return CAMPAIGN_OF.replace("/*report*/", column);
}
