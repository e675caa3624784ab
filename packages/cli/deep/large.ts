import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exampleFile, exampleReport } from "@fairlead/assessment/testing";
import { encodeReport } from "@fairlead/cybertipline";
import type { EvidenceId } from "@fairlead/report";
import { openStream } from "@fairlead/sealing";
import { type BenchStation, startBenchStation } from "../bench/intake/station.ts";
import { largeFile } from "./large/content.ts";
import { watchMemory } from "./large/memory.ts";
import { sendResumed } from "./large/resumed.ts";
import { type Sent, sendLarge } from "./large/send.ts";

// npm run deep -- large [--gib N] [--break-mib N] [--door NAME] [--json]: one file of 5 GiB through the CyberTipline's upload, one through
// the report door, and one as a resumable upload over a line that breaks again and again, while the station is killed once; to stations
// in processes of their own, whose memory is watched. It holds if each file is there as it was sent, and the station never held more
// than a small part of it.

/** What a runtime may take before it collects, whatever streams through it; of a smaller file, half of it. */
const MOST_GROWTH_MIB = 256;

const { values } = parseArgs({
  options: {
    gib: { type: "string", default: "5" },
    "break-mib": { type: "string", default: "256" },
    door: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const bytes = Math.round(Number(values.gib) * 2 ** 30);
const mostGrowthMiB = Math.min(MOST_GROWTH_MIB, bytes / 2 ** 21);
const all = { cybertipline: throughCyberTipline, report: throughReportDoor, resumed };
const doors = [];
for (const [name, through] of Object.entries(all))
  if (values.door === undefined || values.door === name) doors.push(await through());
const held = doors.every((door) => door.whole && (door.growthMiB ?? 0) <= mostGrowthMiB);
const result = { name: "large", bytes, mostGrowthMiB, doors, held };
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : doors
        .map(
          ({ door, whole, mibPerSecond, growthMiB, ...more }) =>
            `${door}: ${whole ? "whole" : "NOT whole"}, ${mibPerSecond} MiB/s, memory grew by ${growthMiB ?? "?"} MiB ${JSON.stringify(more)}\n`,
        )
        .join(""),
);
process.exitCode = held ? 0 : 1;

async function throughCyberTipline() {
  await using station = await startBenchStation(1, ["intake"]);
  const authorization = station.authorization(0);
  const base = `http://127.0.0.1:${station.port}/ispws`;
  const document = encodeReport({
    incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
    reporter: { reportingPerson: { email: [{ value: "safety@example.com" }] } },
  });
  const submitted = await fetch(`${base}/submit`, {
    method: "POST",
    headers: { authorization, "content-type": "text/xml" },
    body: document,
  });
  const id = /<reportId>(\d+)</.exec(await submitted.text())?.[1] ?? "";
  const { sent, growthMiB } = await watched(station, () =>
    sendLarge({ url: `${base}/upload`, authorization, fields: { id }, file: "file", bytes }),
  );
  // The wire's own acknowledgement is the MD5 of what was received.
  const whole = sent.status === 200 && sent.answer.includes(`<hash>${sent.md5}</hash>`);
  return line("CyberTipline upload", sent, whole, growthMiB);
}

async function throughReportDoor() {
  await using station = await startBenchStation(1, ["intake"], "platform");
  const id = randomUUID() as EvidenceId;
  const report = reportAbout(id);
  const { sent, growthMiB } = await watched(station, () =>
    sendLarge({
      url: `http://127.0.0.1:${station.port}/door/reports`,
      authorization: station.authorization(0),
      fields: { report: JSON.stringify(report) },
      file: id,
      bytes,
    }),
  );
  const kept = await evidenceOf(station, id);
  return line("report door", sent, sent.status === 201 && kept?.sha256 === sent.sha256, growthMiB);
}

/** What a report names at the end is opened from the vault and hashed as well: the station's own word is not taken for it. */
async function resumed() {
  await using station = await startBenchStation(1, ["intake"], "platform");
  const base = `http://127.0.0.1:${station.port}`;
  const authorization = station.authorization(0);
  const file = largeFile(bytes);
  const memory = watchMemory(station);
  const sent = await sendResumed({
    base,
    authorization,
    file,
    breakAfter: Number(values["break-mib"]) * 2 ** 20,
    kill: async () => {
      await station.killAndStart();
      await memory.startAgain();
    },
  });
  const id = randomUUID() as EvidenceId;
  const sha256 = file.sha256();
  const form = new FormData();
  form.set("report", JSON.stringify(reportAbout(id)));
  form.set("uploads", JSON.stringify([{ evidence: id, upload: sent.upload, sha256 }]));
  const answer = await fetch(`${base}/door/reports`, {
    method: "POST",
    headers: { authorization },
    body: form,
  });
  const status = answer.status;
  if (status !== 201) process.stderr.write(`${status} ${await answer.text()}\n`);
  const growthMiB = memory.stop();
  const kept = await evidenceOf(station, id);
  const whole =
    status === 201 && kept?.sha256 === sha256 && (await openedSha256(station, kept.object)) === sha256;
  const againMiB = Math.round((sent.sent - bytes) / 2 ** 20);
  return {
    ...line("resumed upload", sent, whole, growthMiB),
    breaks: sent.breaks,
    kills: 1,
    sentAgainMiB: againMiB,
  };
}

function reportAbout(id: EvidenceId) {
  return exampleReport({
    references: [{ kind: "this-report", issuer: "Example Platform", value: "large" }],
    evidence: [exampleFile({ id, received: undefined })],
  });
}

async function evidenceOf(station: BenchStation, id: string) {
  const { Client } = await import("pg");
  const client = new Client({ connectionString: station.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ sha256: string; object: string }>(
    "select encode(sha256, 'hex') as sha256, object_name as object from evidence where id = $1",
    [id],
  );
  await client.end();
  return rows[0];
}

async function openedSha256({ folder }: BenchStation, object: string): Promise<string> {
  const identity = (await readFile(join(folder, "keys", "sealing.age-identity"), "utf8")).trim();
  const hash = createHash("sha256");
  const sealed = createReadStream(join(folder, "vault", object.slice(0, 2), object));
  for await (const portion of openStream(sealed, [identity])) hash.update(portion);
  return hash.digest("hex");
}

function line(door: string, sent: { seconds: number }, whole: boolean, growthMiB: number | undefined) {
  const mibPerSecond = Math.round(bytes / 2 ** 20 / sent.seconds);
  return { door, whole, mibPerSecond, seconds: Math.round(sent.seconds), growthMiB };
}

/** Sends, and watches the station's memory meanwhile. */
async function watched(station: BenchStation, send: () => Promise<Sent>) {
  const memory = watchMemory(station);
  try {
    const sent = await send();
    if (sent.status >= 300) process.stderr.write(`${sent.status} ${sent.answer}\n`);
    return { sent, growthMiB: memory.stop() };
  } finally {
    memory.stop();
  }
}
