import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { freePort } from "../free-port.ts";
import { folder, run, start } from "../testing/command.ts";
import { REPORT_XML, writeReportFolder } from "../testing/reports.ts";
import { type Desk, queueOf, type Ready, signIn, startSandbox } from "../testing/sandbox.ts";

interface Hook {
  after(cleanUp: () => Promise<void>): void;
}

/** The command's arguments for filing `dir` with the sandbox, or with whoever listens at `base`. */
async function filing(hook: Hook, dir: string, ready: Ready, base = ready.base, password = ready.password) {
  const passwordFile = join(await folder(hook), "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const account = ["--username", ready.username, "--password-file", passwordFile];
  return ["report", "file", dir, "--base", base, "--environment", "test", ...account, "--json"];
}

/** One sandbox for the whole file: what each test files adds to it. */
const cleanUps: Array<() => Promise<void>> = [];
after(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});
let opened: Promise<{ ready: Ready; desk: Desk }> | undefined;
async function sandbox(): Promise<{ ready: Ready; desk: Desk; before: number }> {
  opened ??= startSandbox({ after: (cleanUp) => void cleanUps.push(cleanUp) }).then(async ({ ready }) => ({
    ready,
    desk: await signIn(ready),
  }));
  const { ready, desk } = await opened;
  return { ready, desk, before: (await desk.queue()).length };
}

/** The one report that has come since, which `number` names, with both of its files. */
async function assertFiledOnce(desk: Desk, before: number, number: string): Promise<void> {
  const reports = await queueOf(desk, before + 1);
  assert.equal(reports.length, before + 1, "exactly one");
  const views = await Promise.all(reports.map((id) => desk.report(id)));
  const [view, ...others] = views.filter(({ report }) =>
    JSON.stringify(report.references).includes(`"${number}"`),
  );
  assert.equal(others.length, 0);
  assert.equal(view?.evidence.filter(({ present }) => present).length, 2);
}

test("a folder is filed once: the second run says the same and files nothing", async (t) => {
  const { ready, desk, before } = await sandbox();
  const dir = await writeReportFolder(await folder(t));
  const args = await filing(t, dir, ready);
  const first = await run(args);
  assert.equal(first.code, 0, first.stderr);
  const result = JSON.parse(first.stdout) as { kind: string; reportId: string; fileIds: string[] };
  assert.equal(result.kind, "finished");
  assert.equal(result.fileIds.length, 2);
  const again = await run(args);
  assert.deepEqual([again.code, again.stdout], [0, first.stdout]);
  await assertFiledOnce(desk, before, result.reportId);
  assert.match(await readFile(join(dir, "filing.json"), "utf8"), new RegExp(result.reportId));
});

for (const dyingAt of ["/submit", "/upload", "/fileinfo", "/finish"])
  for (const answered of [true, false])
    test(`killed with kill -9 at ${dyingAt}, ${answered ? "done but not answered" : "not done"}: run again, and one report is finished`, async (t) => {
      const { ready, desk, before } = await sandbox();
      const dir = await writeReportFolder(await folder(t));
      const held = Promise.withResolvers<void>();
      const proxy = await startProxy(t, ready.base, dyingAt, answered, held.resolve);
      // The first run speaks through the proxy, which swallows one answer and lets the killer know.
      const args = await filing(t, dir, ready, proxy.base);
      const first = start(t, args);
      await held.promise;
      first.child.kill("SIGKILL");
      assert.equal(await first.ended, "SIGKILL");
      const again = await run(args);
      assert.equal(again.code, 0, again.stderr);
      const { reportId } = JSON.parse(again.stdout) as { reportId: string };
      await assertFiledOnce(desk, before, reportId);
    });

test("a wrong password is a person's matter: exit 1, nothing filed, and the right one goes on", async (t) => {
  const { ready } = await sandbox();
  const dir = await writeReportFolder(await folder(t));
  const wrong = await run(await filing(t, dir, ready, ready.base, "wrong"));
  assert.equal(wrong.code, 1);
  assert.equal((JSON.parse(wrong.stdout) as { kind: string }).kind, "blocked");
  assert.doesNotMatch(wrong.stdout + wrong.stderr, /\n\s+at |wrong/);
  const right = await run(await filing(t, dir, ready));
  assert.equal(right.code, 0, right.stderr);
});

test("a clearinghouse that is down is tried again, then the prompt comes back with exit 1", async (t) => {
  const dir = await writeReportFolder(await folder(t));
  const base = `http://127.0.0.1:${await freePort()}/ispws`;
  const ended = await run(await filing(t, dir, { base, username: "x", password: "y", desk: "" }));
  assert.equal(ended.code, 1);
  assert.equal((JSON.parse(ended.stdout) as { kind: string }).kind, "pending");
  assert.doesNotMatch(ended.stderr, /\n\s+at /);
});

test("a report that is not valid is not sent, and a missing password file is said in words", async (t) => {
  const ready = { base: "http://127.0.0.1:9/ispws", username: "x", password: "y", desk: "" };
  const bad = await writeReportFolder(await folder(t), {
    xml: REPORT_XML.replace("Misleading Domain Name", "Hills"),
  });
  const refused = await run(await filing(t, bad, ready));
  assert.equal(refused.code, 1);
  assert.equal(refused.stdout, "");
  assert.match(refused.stderr, /not valid, so nothing was sent[\s\S]*report\.xml [\s\S]*report check/);
  const args = await filing(t, await writeReportFolder(await folder(t)), ready);
  const missing = await run(args.map((arg) => (arg.endsWith("/password") ? `${arg}-nowhere` : arg)));
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /^fairlead: .*password-nowhere/);
  assert.doesNotMatch(missing.stderr, /\n\s+at /);
});

/**
 * Hands everything on to the sandbox, except that the first call to one endpoint is never answered: it is handed on or not, and
 * then told of.
 */
async function startProxy(hook: Hook, target: string, at: string, handOn: boolean, tell: () => void) {
  const { origin } = new URL(target);
  let swallowed = false;
  const server: Server = createServer((incoming, outgoing) => {
    const swallow = !swallowed && incoming.url?.endsWith(at) === true;
    swallowed ||= swallow;
    if (swallow && !handOn) {
      incoming.resume().on("end", tell).on("error", tell);
      return;
    }
    const { method, headers } = incoming;
    const onward = request(`${origin}${incoming.url}`, {
      ...(method === undefined ? {} : { method }),
      headers,
    });
    onward.on("response", (answer) => {
      if (swallow) {
        answer.resume().on("end", tell);
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const port = await freePort();
  await new Promise<void>((done) => {
    server.listen(port, "127.0.0.1", done);
  });
  hook.after(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${port}/ispws` };
}
