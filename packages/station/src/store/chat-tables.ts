import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";

/** The tables of migrations/0002-chat.sql, as Kysely sees them. */

type Json<T extends object> = JSONColumnType<T>;

export interface ChatAccountTable {
  handle: string;
  name: string;
  birth_year: number | null;
  created_at: string;
  preserved_until: string | null;
}
export interface ChatDeviceTable {
  id: Buffer;
  handle: string;
  name: string;
  public_key: Buffer;
  valid_from: string;
  revoked_at: string | null;
  token_hash: Buffer;
  acked: Generated<string>;
}
export interface ChatDeviceCodeTable {
  code_hash: Buffer;
  handle: string;
  expires_at: string;
  used_at: string | null;
}
export interface ChatKeyPackageTable {
  id: GeneratedAlways<string>;
  device_id: Buffer;
  bytes: Buffer;
  stored_at: string;
}
export interface ChatRoomTable {
  id: Buffer;
  epoch: string;
  seq: Generated<string>;
  head: Generated<Buffer>;
  head_at: Generated<string>;
  signing_key: Buffer;
  created_at: string;
}
export interface ChatEpochTable {
  room_id: Buffer;
  epoch: string;
  at: string;
  first_seq: string;
  committer: Buffer;
  group_info_sha256: Buffer;
  group_info: Buffer | null;
  commit: Buffer | null;
  welcome: Buffer | null;
}
export interface ChatMemberTable {
  room_id: Buffer;
  device_id: Buffer;
  from_epoch: string;
  until_epoch: string | null;
  from_cursor: string;
  until_cursor: string | null;
  leave_asked_at: string | null;
}
export interface ChatRecordTable {
  cursor: string;
  room_id: Buffer;
  seq: string;
  device_id: Buffer;
  epoch: string;
  accepted_at: string;
  franking_tag: Buffer;
  ct_hash: Buffer;
  client_time: string;
  nonce: Buffer;
  submit_signature: Buffer;
  server_frank: Buffer;
  frank_signature: Buffer;
  context_blind: Buffer;
  prev_head: Buffer;
  rec_hash: Buffer;
  kept_until: string | null;
}
export interface ChatCiphertextTable {
  cursor: string;
  message: Buffer;
}
export interface ChatEventTable {
  cursor: string;
  at: string;
  kind: "commit" | "welcome" | "leave" | "report" | "notice";
  room_id: Buffer | null;
  device_id: Buffer | null;
  epoch: string | null;
  data: Json<object>;
}
export interface ChatBatchTable {
  id: GeneratedAlways<string>;
  after_cursor: string;
  last_cursor: string;
  size: number;
  root: Buffer;
  leaf_id: string;
  at: string;
}
export interface ChatInclusionTable {
  cursor: string;
  batch_id: string;
  index: number;
  path: Buffer;
}
export interface ChatStampTable {
  size: string;
  authority: string;
  token: Buffer;
  at: string;
}
export interface ChatBlobTable {
  id: string;
  device_id: Buffer;
  size: string;
  sha256: Buffer;
  stored_at: string;
}
export interface ChatBackupTable {
  handle: string;
  object: string;
  size: string;
  stored_at: string;
}
export interface ChatBlockTable {
  blocker: string;
  blocked: string;
  at: string;
}
export interface ChatRequestTable {
  asker: string;
  asked: string;
  at: string;
  answered_at: string | null;
  accepted: boolean | null;
}
export interface ChatReportTable {
  id: string;
  number: Generated<string>;
  device_id: Buffer;
  sealed: Buffer | null;
  sealed_sha256: Buffer;
  received_at: string;
  receipt: Json<object>;
  state: "received" | "verified" | "unverified" | "passed-on" | "not-opened";
  reference: string | null;
  settled_at: string | null;
}
export interface ChatReportStepTable {
  report_id: string;
  position: GeneratedAlways<string>;
  at: string;
  what: string;
  source: string;
}
export interface ChatHoldTable {
  report_id: string;
  blob_id: string;
}
export interface ChatConnectionTable {
  device_id: Buffer;
  ip: string;
  port: number;
  first_at: string;
  last_at: string;
}

export interface ChatTables {
  chat_account: ChatAccountTable;
  chat_device: ChatDeviceTable;
  chat_device_code: ChatDeviceCodeTable;
  chat_key_package: ChatKeyPackageTable;
  chat_room: ChatRoomTable;
  chat_epoch: ChatEpochTable;
  chat_member: ChatMemberTable;
  chat_record: ChatRecordTable;
  chat_ciphertext: ChatCiphertextTable;
  chat_event: ChatEventTable;
  chat_batch: ChatBatchTable;
  chat_inclusion: ChatInclusionTable;
  chat_stamp: ChatStampTable;
  chat_blob: ChatBlobTable;
  chat_backup: ChatBackupTable;
  chat_block: ChatBlockTable;
  chat_request: ChatRequestTable;
  chat_report: ChatReportTable;
  chat_report_step: ChatReportStepTable;
  chat_hold: ChatHoldTable;
  chat_connection: ChatConnectionTable;
}
