/** A franked report in the hands of somebody who has only its files, the provider's card and this command. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import type { ProviderRecords } from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import {
  createTimestampAuthority,
  issueTimestamp,
  readTimestampResponse,
  timestampRequest,
} from "@fairlead/franking/verify";
import { checkFolder, type FrankedCheck } from "../src/franked/check.ts";
import { readFrankedFolder } from "../src/franked/folder.ts";
import { loggedBatches } from "../src/franked/logged-batches.ts";
import { folder, run } from "../src/testing/command.ts";
import {
  BOAT,
  folderOf,
  type FrankedWorld,
  frankedWorld,
  type Parts,
  SECRET_WORDS,
} from "./franked-folder.ts";

let made: FrankedWorld;
let parts: Parts;
before(async () => {
  made = await frankedWorld();
  parts = await made.parts();
});

interface Hook {
  after(cleanUp: () => Promise<void>): void;
}

/** A folder with a report's files, and the provider's card beside it. */
async function reportIn(t: Hook, files: Readonly<Record<string, Uint8Array>> = parts.files) {
  const root = await folder(t);
  const dir = await folderOf(join(root, "report"), files);
  const card = join(root, "kite-chat.json");
  await writeFile(card, JSON.stringify(made.card));
  return { dir, card };
}

interface Result {
  proven: boolean;
  reports: Array<{
    proven: boolean;
    card?: string;
    findings: Array<{ code: string; text: string }>;
    notes: string[];
    verdict?: { items: Array<{ roomSeq: string; verdict: string; attachments: Array<{ result: string }> }> };
    explanation?: { withheld: string[] };
  }>;
}

/** Checks files as the command does, without starting it. */
async function check(
  t: Hook,
  files: Readonly<Record<string, Uint8Array>>,
  cards = [made.card],
): Promise<FrankedCheck> {
  const { dir } = await reportIn(t, files);
  const [found, ...more] = await checkFolder(await readFrankedFolder(dir), cards, Date.now());
  assert.deepEqual(more, []);
  assert.ok(found !== undefined);
  return found;
}

const codes = ({ findings }: FrankedCheck) => findings.map(({ code }) => code);

test("with the files, the provider's card and nothing else, every step is repeated and gives what was attested", async (t) => {
  const { dir, card } = await reportIn(t);
  const ended = await run(["franking", "verify", dir, "--provider", card, "--json"]);
  assert.equal(ended.code, 0, ended.stderr + ended.stdout);
  const { proven, reports } = JSON.parse(ended.stdout) as Result;
  assert.equal(proven, true);
  const [report] = reports;
  assert.deepEqual([report?.card, report?.findings, report?.notes], ["pinned", [], []]);
  assert.deepEqual(
    report?.verdict?.items.map(({ roomSeq, verdict }) => [roomSeq, verdict]),
    [1, 2, 4, 5].map((seq) => [String(seq), "VERIFIED"]),
  );
  // The boat was sealed again under the key that its message commits to, and gave the same root.
  assert.equal(report?.verdict?.items[2]?.attachments[0]?.result, "opened-and-bound");
  assert.match(report?.explanation?.withheld.join() ?? "", /kept back 1 message.*3/);
  const shown = await run(["franking", "verify", dir, "--provider", card]);
  assert.equal(shown.code, 0);
  assert.match(
    shown.stdout,
    /message 1 from mimi:\/\/hub\.example\/u\/al: VERIFIED\n +V3, V4, V5, V6, V7, V8, V9, V10, V11, V13, V14 hold/,
  );
  assert.match(shown.stdout, /\nPROVEN: The 2 message\(s\)/);
  for (const text of [ended.stdout, ended.stderr, shown.stdout, shown.stderr])
    assert.ok(!text.includes(SECRET_WORDS), "no words of a message leave the files");
});

test("a card that lies in the folder is used, and loudly called what it is; without any card nothing is proven", async (t) => {
  const { dir } = await reportIn(t);
  const without = await run(["franking", "verify", dir]);
  assert.equal(without.code, 1);
  assert.match(without.stdout, /No card of the provider hub\.example[\s\S]*NOT PROVEN/);
  await writeFile(join(dir, "provider-card.json"), JSON.stringify(made.card));
  const withIt = await run(["franking", "verify", dir]);
  assert.equal(withIt.code, 0);
  assert.match(withIt.stdout, /!! The provider's keys were taken from a card that lies in this folder/);
  const json = JSON.parse((await run(["franking", "verify", dir, "--json"])).stdout) as Result;
  assert.equal(json.reports[0]?.card, "folder");
  assert.equal(json.reports[0]?.notes.length, 1);
});

test("a folder without an attestation, and a card that is none, are told as such", async (t) => {
  const { dir, card } = await reportIn(t, { "boat.png": BOAT });
  const nothing = await run(["franking", "verify", dir, "--provider", card]);
  assert.equal(nothing.code, 1);
  assert.match(nothing.stderr, /no attestation[\s\S]*package open/);
  await writeFile(card, "kite");
  assert.match((await run(["franking", "verify", dir, "--provider", card])).stderr, /is not JSON/);
  assert.equal((await run(["franking", "verify", join(dir, "nowhere")])).code, 1);
});

test("one altered bit anywhere in a file that was attested is found", async (t) => {
  for (const [name, expected] of [
    ["report-bundle.cbor", "bundle-missing"],
    ["provider-records.cbor", "records-missing"],
  ] as const) {
    const bytes = parts.files[name];
    for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const altered = bytes.with(at, (bytes[at] ?? 0) ^ 1);
      const found = await check(t, { ...parts.files, [name]: altered });
      assert.deepEqual([codes(found), found.isProven], [[expected], false], `${name} at ${at}`);
    }
  }
  const envelope = JSON.parse(new TextDecoder().decode(parts.files["attestation.json"])) as {
    payload: string;
  };
  const body = Buffer.from(envelope.payload, "base64")
    .toString()
    .replace('"withheld":["3"]', '"withheld":[]');
  const altered = JSON.stringify({ ...envelope, payload: Buffer.from(body).toString("base64") });
  const found = await check(t, { ...parts.files, "attestation.json": new TextEncoder().encode(altered) });
  assert.deepEqual([codes(found), found.isProven], [["signature"], false]);
});

test("an attachment that is gone is told and takes nothing from the messages; another file in its place is the same", async (t) => {
  const { "boat.png": _, ...rest } = parts.files;
  for (const files of [rest, { ...rest, "boat.png": BOAT.toReversed() }]) {
    const found = await check(t, files);
    assert.deepEqual([codes(found), found.isProven], [["attachment-missing"], true]);
  }
});

test("a provider that attests what its own records do not show is found out by repeating the steps", async (t) => {
  // Its records hold another device's signature for the first message, and it attests VERIFIED all the same.
  const forged = await made.parts({
    records: (records: ProviderRecords) => ({
      ...records,
      items: records.items.map((item, index) =>
        index === 0 && item.submit !== null
          ? { ...item, submit: { ...item.submit, signature: item.submit.signature.toReversed() } }
          : item,
      ),
    }),
    attestation: (attestation) => ({ ...attestation, verdict: parts.attestation.verdict }),
  });
  const found = await check(t, forged.files);
  assert.equal(found.isProven, false);
  assert.deepEqual(
    found.findings.flatMap((finding) => (finding.code === "differs" ? [finding.where] : [finding.code])),
    ["verdict", "fullConversation", "items 0 verdict", "not-verified"].filter(
      (where) => where !== "fullConversation",
    ),
  );
  const silent = await made.parts({
    attestation: (attestation) => ({
      ...attestation,
      verdict: { ...attestation.verdict, withheld: [], fullConversation: true },
    }),
  });
  assert.deepEqual(
    (await check(t, silent.files)).findings.map((finding) =>
      finding.code === "differs" ? finding.where : "",
    ),
    ["withheld", "fullConversation"],
  );
});

test("the provider's word for its own mark is taken for the messages that it says it asked about, and for no other", async (t) => {
  const silent = await made.parts({
    attestation: (attestation) => ({
      ...attestation,
      verdict: {
        ...attestation.verdict,
        items: attestation.verdict.items.map((item, index) =>
          index === 0 ? { ...item, steps: item.steps.filter(({ step }) => step !== "V5") } : item,
        ),
      },
    }),
  });
  const found = await check(t, silent.files);
  assert.deepEqual(
    found.verdict?.items.map(({ verdict }) => verdict),
    ["UNVERIFIED", "VERIFIED", "VERIFIED", "VERIFIED"],
  );
  assert.equal(found.isProven, false);
});

test("outside timestamps over the log's head are told with their authority, and only those that hold", async () => {
  const input = await made.world.input(made.reporter, made.bundle);
  const [item] = input.records.items;
  const inclusion = item?.inclusion;
  assert.ok(item !== undefined && inclusion !== undefined && inclusion !== null);
  const valid = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2030, 0, 1) };
  const [ours, stranger] = ["Example Timestamps", "Stranger Timestamps"].map((name) =>
    createTimestampAuthority(name, valid),
  );
  assert.ok(ours !== undefined && stranger !== undefined);
  const [plain] = loggedBatches(input.records, made.card, Date.now());
  const note = `${plain?.checkpoint?.split(" / ").join("\n") ?? ""}\n`;
  const at = Date.UTC(2026, 3, 25, 21, 30);
  const tokens = [ours, stranger].map((authority) => {
    const [digest, nonce] = [createHash("sha256").update(note).digest(), nodeCrypto.random(8)];
    return readTimestampResponse(issueTimestamp(authority, timestampRequest(digest, nonce), at), {
      digest,
      nonce,
    });
  });
  const records = { ...input.records, items: [{ ...item, inclusion: { ...inclusion, tokens } }] };
  const card = { ...made.card, timestampRoots: [Buffer.from(ours.root).toString("base64")] };
  const [batch, ...more] = loggedBatches(records, card, Date.now());
  assert.deepEqual(more, []);
  assert.match(batch?.checkpoint ?? "", /^hub\.example\/log \/ 2 \/ /);
  assert.deepEqual(
    batch?.tokens.map((token) => token?.at ?? null),
    ["2026-04-25T21:30:00.000Z", null],
  );
  assert.match(batch?.tokens[0]?.authority ?? "", /Example Timestamps/);
  const [unknown] = loggedBatches(records, { ...card, logKey: null }, Date.now());
  assert.deepEqual([unknown?.checkpoint, unknown?.tokens], [undefined, []]);
});

test("an attestation that says itself that nothing is verified proves nothing here either", async (t) => {
  const honest = await made.parts({ records: (records) => ({ ...records, rosters: [] }) });
  const found = await check(t, honest.files);
  assert.equal(found.verdict?.verdict, "UNVERIFIED");
  assert.deepEqual([codes(found), found.isProven], [["not-verified"], false]);
});

test("keys of somebody else's card, or of the provider's next one, are not its keys of then", async (t) => {
  const other = await frankedWorld();
  assert.deepEqual(codes(await check(t, parts.files, [other.card])), ["signature"]);
  assert.deepEqual(codes(await check(t, parts.files, [{ ...made.card, domain: "other.example" }])), [
    "no-card",
  ]);
  const later = { ...made.card, frankingKeys: other.card.frankingKeys };
  const found = await check(t, parts.files, [later]);
  assert.equal(found.verdict?.verdict, "UNVERIFIED", "the records' own keys are never used");
  assert.equal(found.isProven, false);
});

test("a forger who puts a card of their own beside a forged report gets nowhere once the real card is named", async (t) => {
  const forger = await frankedWorld();
  const { files } = await forger.parts();
  const { dir } = await reportIn(t, files);
  await writeFile(join(dir, "provider-card.json"), JSON.stringify(forger.card));
  const folderOnly = await checkFolder(await readFrankedFolder(dir), [], Date.now());
  assert.deepEqual(
    folderOnly.map(({ isProven, trust }) => [isProven, trust?.from]),
    [[true, "folder"]],
    "this is why the card in a folder is called what it is",
  );
  const pinned = await checkFolder(await readFrankedFolder(dir), [made.card], Date.now());
  assert.deepEqual(pinned.map(codes), [["signature"]]);
});

test("without the log's key its step is not carried out, and the rest stands", async (t) => {
  const found = await check(t, parts.files, [{ ...made.card, logKey: null }]);
  assert.equal(found.isProven, true);
  const [first] = found.verdict?.items ?? [];
  assert.equal(first?.steps.find(({ step }) => step === "V8")?.result, "not-checked");
});

test("a declaration states what was done and found, leaves open what only a person knows, quotes nobody, and replaces nothing", async (t) => {
  const { dir, card } = await reportIn(t);
  const args = ["franking", "declaration", dir, "--provider", card];
  const ended = await run([...args, "--name", "Sam Example", "--role", "records custodian", "--json"]);
  assert.equal(ended.code, 0, ended.stderr);
  const { files } = JSON.parse(ended.stdout) as { files: string[] };
  assert.deepEqual(files, [join(dir, "declaration.md"), join(dir, "declaration.html")]);
  const [markdown, html] = await Promise.all(files.map((file) => readFile(file, "utf8")));
  for (const text of [markdown ?? "", html ?? ""]) {
    assert.ok(!text.includes(SECRET_WORDS));
    for (const bytes of Object.values(parts.files)) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      assert.ok(text.includes(sha256), "each file is identified by its hash");
    }
    assert.match(text, /Sam Example/);
    assert.match(text, /28 U\.S\.C\. section 1746/);
    for (let step = 1; step <= 14; step += 1) assert.match(text, new RegExp(`\\bV${step}\\b`));
    assert.match(text, /withheld the messages at these places between 1 and 5: 3/);
    assert.match(text, /training and experience/, "what nobody stated is left open");
    assert.doesNotMatch(text, /guilty|therefore|proves that|beyond/i, "it concludes nothing");
  }
  assert.doesNotMatch(html ?? "", /<script|https?:\/\//);
  const again = await run(args);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /nothing is ever replaced/);
});

test("nothing is declared about an attestation that is not the provider's, or whose files are gone", async (t) => {
  const { dir, card } = await reportIn(t);
  await writeFile(card, JSON.stringify({ ...made.card, keys: (await frankedWorld()).card.keys }));
  const forged = await run(["franking", "declaration", dir, "--provider", card]);
  assert.equal(forged.code, 1);
  assert.match(forged.stderr, /Nothing can be declared[\s\S]*not signed by hub\.example/);
  await writeFile(card, JSON.stringify(made.card));
  await rm(join(dir, "evidence-0"));
  assert.match(
    (await run(["franking", "declaration", dir, "--provider", card])).stderr,
    /is not in the folder/,
  );
});
