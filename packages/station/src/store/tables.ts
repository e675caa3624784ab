import type { Stage, Trouble } from "../effects/index.ts";
import type { Claim, ClaimSource, ClaimStatement, ClaimTarget, Report } from "@fairlead/report";
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { ArrivalTables } from "./arrival-tables.ts";
import type { BankTables } from "./bank-tables.ts";
export type { BankExchangeTable, BankPartTable, BankSemantics, BankTable, BankTrust } from "./bank-tables.ts";
import type { BurstTables } from "./burst-tables.ts";
import type { ChatTables } from "./chat-tables.ts";
import type { DeconflictionTables } from "./deconfliction-tables.ts";
import type { ErasingTables } from "./erasing-tables.ts";
import type { MediaTables } from "./media-tables.ts";
import type { KeepingTables } from "./keeping-tables.ts";
import type { UkTables } from "./uk-tables.ts";
import type { WorkTables } from "./work-tables.ts";
import type { SignalTables } from "./signal-tables.ts";
import type { SafeguardingTables } from "./safeguarding-tables.ts";

export type * from "./safeguarding-tables.ts";
export type * from "./task-tables.ts";
import type { SubjectTables } from "./subject-tables.ts";
import type { TaskTables } from "./task-tables.ts";
import type { UploadTables } from "./upload-tables.ts";

export type { ErasureStage } from "./erasing-tables.ts";
export type { LinkDecisionTable } from "./subject-tables.ts";
export type { UkFilingTable } from "./uk-tables.ts";

/** The tables of migrations/, as Kysely sees them. Times are ISO strings, bigints decimal strings, bytea Buffers. */

type Json<T extends object> = JSONColumnType<T>;
type JsonOrNull<T extends object> = ColumnType<T | null, string | null, string | null>;
type Big = ColumnType<string, string | number | bigint, string | number | bigint>;
type BigOrNull = ColumnType<string | null, string | number | bigint | null, string | number | bigint | null>;

export interface PersonTable {
  id: string;
  name: string;
  role: string;
  created_at: string;
  disabled_at: string | null;
}
export interface SignInLinkTable {
  token_hash: Buffer;
  person_id: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
}
export interface SessionTable {
  token_hash: Buffer;
  person_id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
}
export interface PeerTable {
  id: string;
  name: string;
  url: string;
  verify_key: string;
  recipient: string;
  wire: "package" | "cybertipline" | "uk-direct";
  agencies: ColumnType<string[], string[] | undefined, string[]>;
  countries: ColumnType<string[], string[] | undefined, string[]>;
  cybertipline: JsonOrNull<{ base: string; username: string; environment: "test" | "production" }>;
  valid_from: string;
  valid_to: string | null;
  last_success_at: string | null;
  last_failure_at: string | null;
  last_failure: string | null;
}
export interface SenderAccountTable {
  username: string;
  name: string;
  kind: "platform" | "hotline" | "public";
  secret_salt: Buffer;
  secret_hash: Buffer;
  peer_id: string | null;
  seals: Generated<boolean>;
  created_at: string;
  disabled_at: string | null;
}
export interface VaultObjectTable {
  name: string;
  ciphertext_size: Big;
  ciphertext_sha256: Buffer;
  payload_sha256: Buffer;
  stored_at: string;
}
export interface TipTable {
  number: Generated<string>;
  account: string;
  state: "open" | "finished" | "retracted" | "expired";
  opened_at: string;
  touched_at: string;
  batched: boolean;
  document: Buffer;
  /** Of an open one: how many files it has. */
  files: Generated<number>;
}
export interface TipFileTable {
  file_id: string;
  tip_number: Big;
  position: number;
  evidence_id: string;
  object_name: string;
  size: Big;
  sha256: Buffer;
  sha1: Buffer;
  md5: Buffer;
  file_name: string | null;
  media_type: string | null;
  details: Buffer | null;
  stored_at: string;
}
export interface InboundPackageTable {
  id: string;
  peer_id: string;
  agency: string | null;
  manifest_sha256: Buffer;
  envelope: Json<object>;
  receipt: Json<object>;
  received_at: string;
}
export type ReportStatus = "new" | "referred" | "closed";
/** As access sees it: an erased report is a status of its own. */
export type WorkStatus = ReportStatus | "erased";
export interface ReportTable {
  id: string;
  number: Generated<string>;
  door: "report" | "cybertipline" | "package" | "uk-direct";
  handed_by: string;
  handed_reference: string;
  return_to: string | null;
  inbound_package: string | null;
  tip_number: BigOrNull;
  content: Json<Report>;
  content_sha256: Buffer;
  received_at: string;
  status: ReportStatus;
  tier: number | null;
  level: number | null;
  queue_key: string | null;
  assessed_at: string | null;
  changes_at: string | null;
  assessed_by: string | null;
  lane: ColumnType<"standard" | "safeguarding-first" | null, undefined>;
  /** What the last assessment read of the report's subjects. */
  read_tier: number | null;
  read_activity: string | null;
  read_addresses: string[] | null;
  /** The first of those that are this report, and of those that are one matter with it; null where it is alone. */
  same_as: string | null;
  matter: string | null;
  arrivals_noted: Generated<boolean>;
  /** The certificate by which it was erased: the row is a skeleton. */
  erased_by: Generated<string | null>;
}
export interface EvidenceTable {
  id: string;
  report_id: string;
  position: number;
  kind: "file" | "message-bundle" | "wire-document";
  object_name: string | null;
  size: BigOrNull;
  sha256: Buffer | null;
  md5: Buffer | null;
  media_type: string | null;
  name: string | null;
}
export interface ClaimTable {
  id: string;
  report_id: string;
  position: GeneratedAlways<string>;
  about: Json<ClaimTarget>;
  source: Json<ClaimSource>;
  states: Json<ClaimStatement>;
  made_at: string;
  made_by: string | null;
  from_peer: string | null;
}
export interface ProofTable {
  report_id: string;
  attestation_id: string;
  state: "proven" | "not-proven" | "contradicted" | "incomplete" | "unknown-provider" | "unreadable";
  code: string | null;
  bundle_id: string | null;
  key_ids: string[];
  /** The body of `@fairlead/franking`'s Attestation. */
  attestation: JsonOrNull<object>;
  checked_at: string;
}
export interface AssessmentTable {
  id: GeneratedAlways<string>;
  report_id: string;
  at: string;
  rule_version: string;
  level: number;
  tier: number;
  result: Json<object>;
}
export interface UrgencyDecisionTable {
  id: string;
  report_id: string;
  tier: number;
  reason: string;
  seen: Json<string[]>;
  role: string;
  decided_by: string;
  decided_at: string;
}
export interface LinkingKeyTable {
  id: GeneratedAlways<string>;
  report_id: string;
  kind: string;
  value: string;
  holder: string;
  detail: Json<object>;
  person: GeneratedAlways<string>;
  role: GeneratedAlways<string>;
  strength: GeneratedAlways<string>;
}
/** Columns of everything that leaves the station, as effects/ moves them. */
export interface EffectColumns {
  stage: Generated<Stage>;
  open: GeneratedAlways<boolean>;
  reached: ColumnType<string, undefined, string | number>;
  moved_at: string;
  trouble: ColumnType<Trouble | null, undefined, Trouble | null>;
  attempts: Generated<number>;
  last_error: ColumnType<string | null, string | null | undefined, string | null>;
  next_attempt_at: string | null;
}
export type ReferralState = "intended" | "sending" | "delivered" | "failed";
export interface ReferralTable extends EffectColumns {
  id: string;
  report_id: string;
  peer_id: string;
  sequence: Generated<number>;
  agency: string | null;
  reason: string;
  decided_by: string;
  decided_at: string;
  state: GeneratedAlways<ReferralState>;
  /** Claims up to this time go with it. */
  as_of: string;
  journal: JsonOrNull<object>;
  lease_owner: string | null;
  lease_until: string | null;
  remote_reference: string | null;
  receipt: JsonOrNull<object>;
  delivered_at: string | null;
}
export interface OutcomeMessageTable {
  id: string;
  peer_id: string;
  envelope: Json<object>;
  received_at: string;
}
export interface OutcomeTable {
  id: string;
  report_id: string;
  kind: string;
  detail: Json<object>;
  recorded_at: string;
  recorded_by: string | null;
  from_peer: string | null;
  origin: Json<{ station: string; name: string }>;
  message: string | null;
}
export interface OutcomeReturnTable extends EffectColumns {
  id: Generated<string>;
  outcome_id: string;
  report_id: string;
  peer_id: string;
  state: GeneratedAlways<"intended" | "delivered" | "failed">;
  delivered_at: string | null;
  receipt: string | null;
}
export interface EvidenceGrantTable {
  id: string;
  report_id: string;
  evidence_id: string;
  person_id: string;
  purpose: string;
  note: string | null;
  granted_at: string;
  expires_at: string;
}
export interface LeafTable {
  id: string;
  position: GeneratedAlways<string>;
  kind: string;
  at: string;
  actor: string;
  report_id: string | null;
  body: Json<object>;
  /** Null once the event was erased. */
  salt: Buffer | null;
  commitment: Buffer;
  erased_by: Generated<string | null>;
  index: BigOrNull;
}
export interface JobWorkerTable {
  worker_id: string;
  process_id: string;
  since: string;
}
export interface CheckpointTable {
  size: Big;
  note: string;
  at: string;
}

export interface Tables
  extends ArrivalTables,
    BankTables,
    BurstTables,
    ChatTables,
    SignalTables,
    DeconflictionTables,
    ErasingTables,
    KeepingTables,
    MediaTables,
    SafeguardingTables,
    SubjectTables,
    TaskTables,
    UkTables,
    UploadTables,
    WorkTables {
  person: PersonTable;
  sign_in_link: SignInLinkTable;
  session: SessionTable;
  peer: PeerTable;
  sender_account: SenderAccountTable;
  vault_object: VaultObjectTable;
  tip: TipTable;
  tip_file: TipFileTable;
  inbound_package: InboundPackageTable;
  report: ReportTable;
  evidence: EvidenceTable;
  claim: ClaimTable;
  proof: ProofTable;
  assessment: AssessmentTable;
  urgency_decision: UrgencyDecisionTable;
  linking_key: LinkingKeyTable;
  referral: ReferralTable;
  outcome_message: OutcomeMessageTable;
  outcome: OutcomeTable;
  outcome_return: OutcomeReturnTable;
  evidence_grant: EvidenceGrantTable;
  leaf: LeafTable;
  checkpoint: CheckpointTable;
  job_worker: JobWorkerTable;
}

/** A claim row as the report model has it. */
export function claimOf(row: {
  about: ClaimTarget;
  source: ClaimSource;
  states: ClaimStatement;
  made_at: string;
}): Claim {
  return { about: row.about, source: row.source, madeAt: row.made_at, states: row.states };
}
