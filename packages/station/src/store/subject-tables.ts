import type { Campaign } from "@fairlead/assessment";
import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";

/** The tables of migration 0006, as Kysely sees them. */

export interface ValueStandingTable {
  kind: string;
  value: string;
  role: "suspect" | "victim";
  holders: number;
  standing: "joins" | "common" | "never-listed" | "different-persons";
}
export interface SubjectTable {
  id: string;
  members: number;
  reports: number;
  conflict: boolean;
}
export interface SubjectMemberTable {
  report_id: string;
  person: string;
  subject: string;
  activity_at: string | null;
}
export interface SubjectBuildTable {
  single: Generated<boolean>;
  rules: string;
  built_at: string;
}
export interface LinkDecisionTable {
  id: string;
  kind: "same" | "different" | "never-link";
  a_report: string | null;
  a_person: string | null;
  b_report: string | null;
  b_person: string | null;
  value_kind: string | null;
  value: string | null;
  reason: string;
  decided_by: string;
  decided_at: string;
  undone_reason: string | null;
  undone_by: string | null;
  undone_at: string | null;
}
export interface SubjectOwnerTable {
  id: string;
  report_id: string;
  person: string;
  owner: string;
  reason: string | null;
  assigned_by: string;
  assigned_at: string;
}
export interface SubjectLookTable {
  id: string;
  report_id: string;
  person: string;
  members: number;
  why: string[];
  reason: string;
  looked_by: string;
  looked_at: string;
}
export interface SightingTable {
  position: GeneratedAlways<string>;
  report_id: string;
  place: number;
  exact: string | null;
  perceptual: string | null;
  holder: string;
  sender: string;
  country: string | null;
  seen_at: string;
}
export interface CampaignTable {
  id: string;
  holders: number;
  reports: number;
  last_seen: string;
  detail: JSONColumnType<Campaign>;
  rolled_at: string;
}
export interface CampaignItemTable {
  item: string;
  campaign: string;
}
export interface CampaignCursorTable {
  single: Generated<boolean>;
  position: string;
}
export interface CampaignClosingTable {
  id: string;
  campaign: string;
  opened_by: string;
  opened_at: string;
  reason: string | null;
  closed_at: string | null;
  stopped_at: string | null;
}
export interface CampaignCopyTable {
  closing: string;
  report_id: string;
  sampled: boolean;
  found: "copy" | "lead" | null;
  found_at: string | null;
  closed_at: string | null;
  reopened_at: string | null;
}

export interface SubjectTables {
  value_standing: ValueStandingTable;
  subject: SubjectTable;
  subject_member: SubjectMemberTable;
  subject_build: SubjectBuildTable;
  link_decision: LinkDecisionTable;
  subject_owner: SubjectOwnerTable;
  subject_look: SubjectLookTable;
  sighting: SightingTable;
  campaign: CampaignTable;
  campaign_item: CampaignItemTable;
  campaign_cursor: CampaignCursorTable;
  campaign_closing: CampaignClosingTable;
  campaign_copy: CampaignCopyTable;
}
