import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { promisify } from "node:util";
import { Client, Environment, IncidentType } from "cybertipline-tools";
import { folder, processesWith, start } from "../testing/command.ts";
import { REPORT_XML } from "../testing/reports.ts";
import { queueOf, type Ready, signIn, startSandbox } from "../testing/sandbox.ts";

/** The library knows NCMEC's two addresses only; its requests are led to the sandbox, otherwise untouched. */
function foreignClient(t: TestContext, { base, username, password }: Ready): Client {
  const real = globalThis.fetch;
  t.mock.method(globalThis, "fetch", (input: string, init?: RequestInit) =>
    real(input.replace("https://exttest.cybertip.org/ispws", base), init),
  );
  return new Client({ environment: Environment.Testing, credentials: { username, password } });
}

test("cybertipline-tools files a whole report with the sandbox, and it stands in the desk", async (t) => {
  const { ready } = await startSandbox(t);
  assert.deepEqual(Object.keys(ready).toSorted(), ["base", "desk", "password", "username"]);
  assert.match(ready.base, /^http:\/\/127\.0\.0\.1:\d+\/ispws$/);
  const client = foreignClient(t, ready);
  assert.match((await client.getStatus()).data.responseDescription, /sandbox/);
  const { reportId: id } = (
    await client.submitReport({
      incidentSummary: {
        incidentType: IncidentType.MisleadingDomainName,
        incidentDateTime: new Date("2026-02-28T18:00:00Z"),
      },
      reporter: { reportingPerson: { firstName: "Safety", email: [{ email: "safety@platform.example" }] } },
    })
  ).data;
  const bytes = "a green hill";
  const { fileId } = (await client.uploadFile({ id, file: new File([bytes], "hills.png") })).data;
  await client.submitFileDetails({ reportId: id, fileId, originalFileName: "hills.png" });
  assert.equal((await client.finishReport({ id })).data.responseCode, 0);

  const desk = await signIn(ready);
  const [report] = await queueOf(desk, 1);
  const view = await desk.report(report ?? "");
  assert.ok(JSON.stringify(view.report.references).includes(String(id)));
  assert.deepEqual(
    view.evidence.map(({ sha256, present }) => [sha256, present]),
    [[createHash("sha256").update(bytes).digest("hex"), true]],
  );
  await assert.rejects(signIn(ready), /answered 4\d\d/, "a link signs in once");
});

test("curl does a whole cycle, and every endpoint answers", async (t) => {
  const { ready } = await startSandbox(t);
  const dir = await folder(t);
  await writeFile(join(dir, "report.xml"), REPORT_XML);
  await writeFile(join(dir, "hills.png"), "a green hill");
  const call = async (path: string, ...args: string[]): Promise<string> => {
    const all = ["-s", "-u", `${ready.username}:${ready.password}`, ...args, `${ready.base}${path}`];
    return (await promisify(execFile)("curl", all)).stdout;
  };
  assert.match(await call("/status"), /<responseCode>0</);
  assert.match(await call("/xsd"), /<xs[d]?:schema/);
  const xml = ["-H", "Content-Type: text/xml; charset=utf-8"];
  const submitted = await call("/submit", ...xml, "--data-binary", `@${join(dir, "report.xml")}`);
  const id = /<reportId>(\d+)</.exec(submitted)?.[1];
  assert.ok(id !== undefined, submitted);
  const uploaded = await call("/upload", "-F", `id=${id}`, "-F", `file=@${join(dir, "hills.png")}`);
  const fileId = /<fileId>([^<]+)</.exec(uploaded)?.[1];
  assert.ok(fileId !== undefined, uploaded);
  const details = `<fileDetails><reportId>${id}</reportId><fileId>${fileId}</fileId></fileDetails>`;
  assert.match(await call("/fileinfo", ...xml, "--data-binary", details), /<responseCode>0</);
  assert.match(await call("/finish", "-F", `id=${id}`), /<reportDoneResponse>/);
  assert.match(await call("/retract", "-F", `id=${id}`), /<responseCode>(?!0<)\d+</, "finished is finished");
  const other = /<reportId>(\d+)</.exec(
    await call("/submit", ...xml, "--data-binary", `@${join(dir, "report.xml")}`),
  )?.[1];
  assert.match(await call("/retract", "-F", `id=${other}`), /<responseCode>0</);
});

test("strict refuses a reporter without an e-mail address and lenient takes it", async (t) => {
  const [strict, lenient] = await Promise.all([
    startSandbox(t, ["--strict"]),
    startSandbox(t, ["--lenient"]),
  ]);
  const withoutEmail = REPORT_XML.replace(/<email>[^<]*<\/email>/, "");
  assert.notEqual(withoutEmail, REPORT_XML);
  const submit = async ({ base, username, password }: Ready) => {
    const response = await fetch(`${base}/submit`, {
      method: "POST",
      headers: {
        "content-type": "text/xml; charset=utf-8",
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      },
      body: withoutEmail,
    });
    return await response.text();
  };
  assert.match(await submit(strict.ready), /<responseCode>4100</);
  assert.match(await submit(lenient.ready), /<responseCode>0</);
});

test("nothing of the sandbox is left when it stops, nor when it is stopped before it is ready", async (t) => {
  const temporary = await folder(t);
  const { running } = await startSandbox(t, [], { TMPDIR: temporary });
  assert.ok((await readdir(temporary)).some((name) => name.startsWith("fairlead-sandbox-")));
  running.child.kill("SIGTERM");
  assert.equal(await running.ended, 0);
  assert.deepEqual(await readdir(temporary), []);
  assert.deepEqual(await processesWith(temporary), []);

  const early = start(t, ["sandbox"], { TMPDIR: temporary });
  for (let made = false; !made; )
    made = (await readdir(temporary)).some((name) => name.startsWith("fairlead-sandbox-"));
  early.child.kill("SIGINT");
  assert.equal(await early.ended, 0);
  assert.deepEqual(await readdir(temporary), []);
  assert.deepEqual(await processesWith(temporary), []);
});
