import { CompiledQuery, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";

/** What is done to the rows of one table; `$1` is the report. In the order in which they stand: later ones are pointed at by earlier ones. */
interface Step {
  table: string;
  text: string;
}

const gone = (...tables: string[]): Step[] =>
  tables.map((table) => ({ table, text: `delete from ${table} where report_id = $1` }));

/** Objects of the vault that are this report's alone. */
export const OWN_OBJECTS = `select own.object_name from evidence own where own.report_id = $1 and own.object_name is not null
    and not exists (select from evidence other where other.object_name = own.object_name and other.report_id <> $1)
  union
  select tip_file.object_name from tip_file join report on report.tip_number = tip_file.tip_number where report.id = $1
    and not exists (select from evidence other where other.object_name = tip_file.object_name and other.report_id <> $1)
  union
  select post.object_name from media_incident join media_post post on post.incident_id = media_incident.id
    where media_incident.report_id = $1 and post.object_name is not null
    and not exists (select from evidence other where other.object_name = post.object_name and other.report_id <> $1)
  union
  -- What an upload had in parts before it was joined, should a part have been left.
  select part.object_name from evidence own join upload on upload.object_name = own.object_name
    join upload_part part on part.upload_id = upload.id where own.report_id = $1`;

/**
 * Everything in the database that says something of a report, and what becomes of it. What stays is in KEPT, with the reason; a test holds
 * every table that names a report to be in one of the two.
 */
export const STEPS: readonly Step[] = [
  ...gone("proof", "claim", "request_answer", "carried_answer"),
  {
    table: "request_step",
    text: "delete from request_step where request_id in (select id from request where report_id = $1)",
  },
  ...gone("request", "assessment", "urgency_decision", "safeguarding_referral", "safeguarding"),
  {
    table: "page_call",
    text: "delete from page_call where page_id in (select id from page where report_id = $1 and task_id is null)",
  },
  { table: "page", text: "delete from page where report_id = $1 and task_id is null" },
  ...gone(
    "subject_owner",
    "subject_look",
    "report_address",
    "sender_hours_read",
    "format_mark",
    "score_due",
    "conflict",
  ),
  {
    table: "media_post",
    text: "delete from media_post where incident_id in (select id from media_incident where report_id = $1)",
  },
  // That it was one matter stays, not whose.
  { table: "media_incident", text: "update media_incident set key = '' where report_id = $1" },
  ...gone("deconfliction_holder"),
  {
    // A token that another report has too is that one's from now on.
    table: "deconfliction_token",
    text: `with given as (
        update deconfliction_token token set report_id = (
          select min(other.report_id::text)::uuid from deconfliction_holder other
          where (other.peer_id, other.year, other.token) = (token.peer_id, token.year, token.token)
        ) where token.report_id = $1 and exists (
          select from deconfliction_holder other where (other.peer_id, other.year, other.token) = (token.peer_id, token.year, token.token)
        ) returning token.peer_id
      ) delete from deconfliction_token token where token.report_id = $1 and not exists (
        select from deconfliction_holder other where (other.peer_id, other.year, other.token) = (token.peer_id, token.year, token.token)
      )`,
  },
  { table: "arrival_key", text: "delete from arrival_key where report_id = $1 and part = 'hint'" },
  {
    table: "arrival_decision",
    text: `update arrival_decision set reason = '', undone_reason = case when undone_reason is null then null else '' end
      where report_id = $1 or other_id = $1`,
  },
  {
    table: "evidence_grant",
    text: "update evidence_grant set note = null where report_id = $1 and note is not null",
  },
  {
    // Of a post that matched, the answer is all that stays, as of one that matched nothing.
    table: "media_post",
    text: `update media_post set sha256 = null, context = null, incident_id = null, object_name = null
      where incident_id in (select id from media_incident where report_id = $1)`,
  },
  {
    table: "media_incident",
    text: "update media_incident set key = 'erased ' || id where report_id = $1",
  },
  {
    table: "upload_part",
    text: `delete from upload_part using upload, evidence own where own.report_id = $1 and upload.object_name = own.object_name
      and upload_part.upload_id = upload.id`,
  },
  {
    table: "upload",
    text: `update upload set object_name = null, metadata = null, sha256 = null, sha1 = null, md5 = null from evidence own
      where own.report_id = $1 and upload.object_name = own.object_name`,
  },
  {
    table: "evidence",
    text: `update evidence set object_name = null, sha256 = null, md5 = null, media_type = null, name = null where report_id = $1`,
  },
  {
    table: "tip_file",
    text: "delete from tip_file using report where report.id = $1 and tip_file.tip_number = report.tip_number",
  },
  {
    table: "tip",
    text: "update tip set document = ''::bytea from report where report.id = $1 and tip.number = report.tip_number",
  },
  {
    // The manifest names the sender's reasons, and plain digests of all that it brought; it goes with its last report.
    table: "inbound_package",
    text: `update inbound_package package set envelope = '{}' from report own
      where own.id = $1 and package.id = own.inbound_package and not exists (
        select from report other where other.inbound_package = package.id and other.id <> $1 and other.erased_by is null
      )`,
  },
  { table: "uk_report", text: `update uk_report set document = '{}', remarks = '[]' where report_id = $1` },
  {
    table: "uk_filing",
    text: `update uk_filing set document = '{}', left_behind = '[]' where report_id = $1`,
  },
  {
    table: "referral",
    text: "update referral set reason = '', journal = null, last_error = null where report_id = $1",
  },
  {
    table: "outcome_message",
    text: `update outcome_message message set envelope = '{}' where id in (select message from outcome where report_id = $1
        union select receipt from outcome_return where report_id = $1)
      and not exists (
        select from outcome other join report on report.id = other.report_id and report.erased_by is null and report.id <> $1
        where other.message = message.id
      ) and not exists (
        select from outcome_return other join report on report.id = other.report_id and report.erased_by is null and report.id <> $1
        where other.receipt = message.id
      )`,
  },
  { table: "outcome", text: `update outcome set detail = '{}' where report_id = $1` },
  {
    table: "chat_hold",
    text: "delete from chat_hold where report_id in (select id from chat_report where reference = $1)",
  },
  {
    table: "chat_report",
    text: "update chat_report set sealed = null where reference = $1 and sealed is not null",
  },
];

/** Tables that name a report and keep their rows, each with the reason. */
export const KEPT: Readonly<Record<string, string>> = {
  erasure: "says that it was erased",
  keeping: "its clocks",
  keeping_event: "what started the clocks",
  keeping_decision: "who decided, and why: the ground of the erasure",
  hold: "who asked that it be kept",
  leaf: "the log stays whole; words and salts go apart from these rows",
  task: "what people had to do, by number",
  campaign_copy: "that a person closed it, by number",
  sender_facts: "counts for the sender's scorecard: no identifier, no text, no hash",
  format_burst: "which report was the first of a burst, by number",
  chat_report_step: "what the reporter in the chat was told",
  outcome_return: "that the outcome got back",
  // Emptied by linking and campaigns, which derive what rested on them anew.
  linking_key: "emptied by forgetLinks",
  link_decision: "emptied by forgetLinks",
  subject_member: "emptied by forgetLinks",
  sighting: "emptied by forgetSightings",
};

/** Does it all in the caller's transaction. @returns how many rows of each table went or were emptied */
export async function eraseRows(tx: Transaction<Tables>, reportId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, text } of STEPS) {
    const { numAffectedRows = 0n } = await tx.executeQuery(CompiledQuery.raw(text, [reportId]));
    if (numAffectedRows > 0n) counts[table] = Number(numAffectedRows);
  }
  return counts;
}
