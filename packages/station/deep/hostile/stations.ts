import { randomUUID } from "node:crypto";
import { encodeReport } from "@fairlead/cybertipline";
import { newToken, saveAccount } from "../../src/access/index.ts";
import { startTestStation, type TestStation } from "../../src/testing/station.ts";
import type { Attacked } from "./attack.ts";
import type { Target } from "./case.ts";

interface Hook {
  after(cleanUp: () => Promise<void>): void;
}

/** Another account of the clearinghouse, and a report that it may send. */
export interface Bystander {
  readonly bystander: { readonly authorization: string; readonly document: string };
}

/** A clearinghouse and a platform with an account each, a report under way at the first and an upload at the second. */
export async function startAttacked(
  hook: Hook,
): Promise<Record<Target, Attacked & { readonly station: TestStation }> & Bystander> {
  const opened = async (profile: Target) => {
    const station = await startTestStation(hook, {
      id: `attacked-${profile}`,
      profile,
      config: { roles: ["intake", "desk"] },
    });
    const account = async (username: string) => {
      const secret = newToken();
      const made = { username, name: username, kind: "platform", secret } as const;
      await saveAccount(station.station.db.kysely, made, Date.now());
      return `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
    };
    return {
      station,
      authorization: await account("kites"),
      other: await account("harbour"),
      port: Number(new URL(station.url).port),
    };
  };
  const clearinghouse = await opened("clearinghouse");
  const platform = await opened("platform");
  const document = encodeReport({
    incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
    reporter: { reportingPerson: { email: [{ value: "safety@example.com" }] } },
  });
  const answer = await fetch(`${clearinghouse.station.url}/ispws/submit`, {
    method: "POST",
    headers: { authorization: clearinghouse.authorization, "content-type": "text/xml" },
    body: document,
  });
  const reportId = /<reportId>(\d+)</.exec(await answer.text())?.[1] ?? "";
  const begun = await fetch(`${platform.station.url}/door/uploads`, {
    method: "POST",
    headers: {
      authorization: platform.authorization,
      "tus-resumable": "1.0.0",
      "upload-length": "100",
      "content-type": "application/offset+octet-stream",
    },
    body: "ten kites.",
  });
  const uploadId = (begun.headers.get("location") ?? "").slice(-32);
  const fileId = `b${randomUUID().replaceAll("-", "").slice(1)}`;
  const attacked = ({
    station,
    authorization,
    port,
  }: typeof platform): Attacked & { station: TestStation } => ({
    station,
    port,
    place: { authorization, reportId, fileId, uploadId },
  });
  return {
    clearinghouse: attacked(clearinghouse),
    platform: attacked(platform),
    bystander: { authorization: clearinghouse.other, document },
  };
}
