import type { Campaign } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import { linkReport } from "../linking/index.ts";
import { newId } from "../store/index.ts";
import { measuresOf, type TestFile } from "./report.ts";

/** What a route about who is who, or about copies, can name; empty where the route names no such thing. */
export interface WhoIsWho {
  decision: string;
  subject: string;
  campaign: string;
  closing: string;
}

/** Makes what a route names, about one fresh report and its file, as work behind the doors would have left it. */
export async function whoIsWho(
  station: Station,
  reportId: string,
  file: TestFile,
  template: string,
): Promise<WhoIsWho> {
  const made: WhoIsWho = { decision: "", subject: "", campaign: "", closing: "" };
  if (template.includes("arrival-decisions"))
    return { ...made, decision: await arrivalAbout(station, reportId) };
  if (!/link-decisions|subjects|campaigns/.test(template)) return made;
  await station.db.pool.query("delete from link_decision");
  await linkReport(station, reportId);
  if (template.includes("{decision}")) made.decision = await decisionAbout(station);
  if (template.includes("{subject}"))
    made.subject = encodeURIComponent(await frozenSubject(station, reportId));
  if (template.includes("{campaign}")) made.campaign = await campaignOf(station, reportId, file);
  if (template.includes("{closing}"))
    made.closing = await closingOf(station, reportId, made.campaign, template);
  return made;
}

/** The report with another as its matter, and a decision that it stands by itself, taken back where the route makes one. */
async function arrivalAbout(station: Station, reportId: string): Promise<string> {
  await station.db.pool.query(
    "update report set matter = $1 where id = $1 or id = (select id from report where id <> $1 order by id limit 1)",
    [reportId],
  );
  const { rows } = await station.db.pool.query<{ id: string }>(
    `insert into arrival_decision (id, kind, report_id, other_id, reason, decided_by, decided_at)
     select gen_random_uuid(), 'different', least($1::uuid, other.id), greatest($1::uuid, other.id), 'A kite.', person.id, now()
     from (select id from report where id <> $1 order by id limit 1) other, person limit 1 returning id`,
    [reportId],
  );
  return rows[0]?.id ?? "";
}

async function decisionAbout(station: Station): Promise<string> {
  const { rows } = await station.db.pool.query<{ id: string }>(
    `insert into link_decision (id, kind, value_kind, value, reason, decided_by, decided_at)
     select gen_random_uuid(), 'never-link', 'phone', '+447700900199', 'A school.', id, now() from person limit 1 returning id`,
  );
  return rows[0]?.id ?? "";
}

async function frozenSubject(station: Station, reportId: string): Promise<string> {
  const id = `${reportId}#suspect-1`;
  await station.db.pool.query("delete from subject_member where report_id = $1", [reportId]);
  await station.db.pool.query(
    "insert into subject (id, members, reports, conflict) values ($1, 2, 2, true) on conflict (id) do update set conflict = true",
    [id],
  );
  await station.db.pool.query(
    "insert into subject_member (report_id, person, subject) values ($1, 'suspect-1', $2)",
    [reportId, id],
  );
  return id;
}

async function campaignOf(station: Station, reportId: string, file: TestFile): Promise<string> {
  await station.db.pool.query("delete from subject_member where report_id = $1", [reportId]);
  await station.db.pool.query("update report set tier = 5, status = 'new' where id = $1", [reportId]);
  const { sha256 } = measuresOf(file.bytes);
  const id = `exact-${sha256}`;
  const detail: Campaign = {
    items: [{ kind: "exact", hash: sha256 }],
    holders: 26,
    reports: 26,
    senders: ["example-platform"],
    countries: [],
    firstSeen: 0,
    lastSeen: 0,
    days: [],
  };
  await station.db.pool.query(
    "insert into campaign (id, holders, reports, last_seen, detail, rolled_at) values ($1, 26, 26, now(), $2, now())",
    [id, JSON.stringify(detail)],
  );
  await station.db.pool.query("insert into campaign_item (item, campaign) values ($1, $1)", [id]);
  return id;
}

/** A closing whose sample is the report. */
async function closingOf(
  station: Station,
  reportId: string,
  campaign: string,
  template: string,
): Promise<string> {
  const id = newId(Date.now());
  await station.db.pool.query(
    "insert into campaign_closing (id, campaign, opened_by, opened_at) select $1, $2, id, now() from person limit 1",
    [id, campaign],
  );
  await station.db.pool.query(
    "insert into campaign_copy (closing, report_id, sampled, found) values ($1, $2, true, $3)",
    [id, reportId, template.endsWith("/close") ? "copy" : null],
  );
  return id;
}
