import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { exampleFile, exampleReport } from "@fairlead/assessment/testing";
import { encodeReport } from "@fairlead/cybertipline";
import type { EvidenceId } from "@fairlead/report";
import { residentBytes } from "../bench/intake/processes.ts";
import { type BenchStation, startBenchStation } from "../bench/intake/station.ts";
import { type Sent, sendLarge } from "./large/send.ts";

// npm run deep -- large [--gib N] [--json]: one file of 5 GiB through the CyberTipline's upload and one through the report door, to
// stations in processes of their own, whose memory is watched. It holds if each file is there as it was sent, and the station never
// held more than a small part of it.

/** What a runtime may take before it collects, whatever streams through it; of a smaller file, half of it. */
const MOST_GROWTH_MIB = 256;

const { values } = parseArgs({
  options: { gib: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
});
const bytes = Math.round(Number(values.gib) * 2 ** 30);
const mostGrowthMiB = Math.min(MOST_GROWTH_MIB, bytes / 2 ** 21);
const doors = [await throughCyberTipline(), await throughReportDoor()];
const held = doors.every((door) => door.whole && (door.growthMiB ?? 0) <= mostGrowthMiB);
const result = { name: "large", bytes, mostGrowthMiB, doors, held };
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : doors
        .map(
          ({ door, whole, mibPerSecond, growthMiB }) =>
            `${door}: ${whole ? "whole" : "NOT whole"}, ${mibPerSecond} MiB/s, memory grew by ${growthMiB ?? "?"} MiB\n`,
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
  const report = exampleReport({
    references: [{ kind: "this-report", issuer: "Example Platform", value: "large" }],
    evidence: [exampleFile({ id, received: undefined })],
  });
  const { sent, growthMiB } = await watched(station, () =>
    sendLarge({
      url: `http://127.0.0.1:${station.port}/door/reports`,
      authorization: station.authorization(0),
      fields: { report: JSON.stringify(report) },
      file: id,
      bytes,
    }),
  );
  const { Client } = await import("pg");
  const client = new Client({ connectionString: station.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ sha256: string }>(
    "select encode(sha256, 'hex') as sha256 from evidence where id = $1",
    [id],
  );
  await client.end();
  return line("report door", sent, sent.status === 201 && rows[0]?.sha256 === sent.sha256, growthMiB);
}

function line(door: string, sent: Sent, whole: boolean, growthMiB: number | undefined) {
  const mibPerSecond = Math.round(bytes / 2 ** 20 / sent.seconds);
  return { door, whole, mibPerSecond, seconds: Math.round(sent.seconds), growthMiB };
}

/** @returns the most that the station's resident memory grew while the file came, beside what was sent */
async function watched(station: BenchStation, send: () => Promise<Sent>) {
  const before = await residentBytes(station.pid);
  let most = before;
  const timer = setInterval(() => {
    void residentBytes(station.pid).then((now) => {
      if (now !== undefined && now > (most ?? 0)) most = now;
    });
  }, 100);
  try {
    const sent = await send();
    if (sent.status >= 300) process.stderr.write(`${sent.status} ${sent.answer}\n`);
    const growthMiB =
      before === undefined || most === undefined ? undefined : Math.round((most - before) / 2 ** 20);
    return { sent, growthMiB };
  } finally {
    clearInterval(timer);
  }
}
