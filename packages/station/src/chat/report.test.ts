import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { before, test } from "node:test";
import {
  decodeRecords,
  decodeSignedBundle,
  type FrankAudit,
  openAsVerifier,
  readPrivateMessage,
  tagFromAad,
  verifyFrankAudit,
} from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import { verifyBundle } from "@fairlead/franking/verify";
import { newVerifier, parseNote, verifyProof, parseProof } from "@fairlead/ledger";
import { parseVerifyingKey, verifyStatement } from "@fairlead/sealing";
import { agentOf, answerOf, bytesOf, register, startTestHub, type TestHub, text } from "../testing/chat.ts";
import { officeOf, reportOf, startAuthority, type TestAuthority } from "../testing/chat-report.ts";
import { clientOf, hear, makeRoom, say } from "../testing/chat-rooms.ts";
import { until } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { formOf, testReport, testSender } from "../testing/report.ts";
import { endOfFile } from "../testing/station.ts";
import type { About } from "./contract.ts";
import { reportReceipt } from "./receipt.ts";

const end = endOfFile();
let hub: TestHub;
let authority: TestAuthority;
before(async () => {
  authority = await startAuthority(end, tmpdir());
  const { url, certificateFile } = authority;
  hub = await startTestHub(end, {
    chat: { timestampAuthorities: [{ name: "Test Time", url, certificateFile }] },
  });
});

/** Two people who talked; the second wants to report. */
async function talk() {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  await hear(hub, bob);
  const bobs = bob.rooms.get(room.id);
  assert.ok(bobs !== undefined);
  for (const line of ["The kite is blue", "It flies well", "Shall we bake a cake"])
    await say(hub, ann, room, line);
  await say(hub, bob, bobs, "I have no flour");
  const { said, failed } = await hear(hub, bob);
  assert.deepEqual(failed, []);
  return { ann, bob, room: bobs, said };
}

interface ReportAnswer {
  reportId: string;
  number: string;
  receivedAt: number;
  receipt: string;
  statement: unknown;
}

test("a report goes from the device to the verifier, who can verify all of it with the hub's records and the pinned keys", async () => {
  const { ann, bob, room, said } = await talk();
  const { reportId, sealed } = await reportOf(hub, bob, room, said);
  await bob.device.ask<ReportAnswer>("POST", "/chat/reports", { reportId, sealed, holds: [] });
  const office = officeOf(hub);
  const { reports } = await answerOf<{
    reports: Array<{ id: string; sealed: string; reporter: { uri: string; deviceId: string } }>;
  }>(await office("GET", "reports"));
  const waiting = reports.find(({ id }) => id === reportId);
  assert.equal(waiting?.reporter.uri, bob.device.uri);
  const opened = await openAsVerifier(
    hub.verifier.privateKey,
    bytesOf(waiting?.sealed ?? ""),
    new TextEncoder().encode(reportId),
  );
  const seqs = said.map(({ seq }) => seq);
  const response = await office("POST", "records", { reportId, roomUri: room.uri, seqs });
  const records = decodeRecords(new Uint8Array(await response.arrayBuffer()));
  const about = await answerOf<About>(await fetch(`${hub.url}/chat/about`));
  const verdict = await verifyBundle({
    reportId,
    signed: decodeSignedBundle(opened),
    records,
    trust: {
      frankingKeys: about.frankingKeys.map((key) => ({
        suite: key.suite,
        publicKey: bytesOf(key.publicKey),
        notBefore: BigInt(key.notBefore),
        notAfter: null,
      })),
      openLogProof: (leaf, proof) => {
        verifyProof(leaf, Buffer.from(proof), newVerifier(about.logKey));
        return parseNote(parseProof(Buffer.from(proof)).checkpoint).text;
      },
      timestampRoots: [authority.root],
    },
    crypto: nodeCrypto,
    checkFrank: async ({ frankingTag, context, serverFrank, hubKid }) => {
      const item = {
        frankingTag: text(frankingTag),
        context: { ...context, acceptedAt: Number(context.acceptedAt) },
        serverFrank: text(serverFrank),
        hubKid,
      };
      const answer = await office("POST", "frank-checks", { reportId, items: [item] });
      return (await answerOf<{ valid: boolean[] }>(answer)).valid[0] === true;
    },
    now: Date.now(),
  });
  assert.equal(verdict.verdict, "VERIFIED");
  for (const item of verdict.items) {
    const left = item.steps.filter(({ result, code }) => result !== "passed" && code !== "attachment.none");
    assert.deepEqual(left, []);
    assert.ok(item.existedBy !== null, "an outside authority says by when the message was there");
  }
  const subscriber = await answerOf<{ handle: string; connections: Array<{ ip: string; port: number }> }>(
    await until("the connections to be saved", async () => {
      const answer = await office("GET", `accounts/${ann.device.handle}?report=${reportId}`);
      const body = await answer.text();
      return body.includes('"port"') ? new Response(body) : undefined;
    }),
  );
  assert.equal(subscriber.handle, ann.device.handle);
  assert.equal(subscriber.connections[0]?.ip, "127.0.0.1");
});

test("a report is taken once: sent again it gets the same number and the same signed receipt, and another under its id is refused", async () => {
  const { bob, room, said } = await talk();
  const { reportId, sealed } = await reportOf(hub, bob, room, said);
  const send = (body: string) =>
    bob.device.request("POST", "/chat/reports", { reportId, sealed: body, holds: [] });
  const both = await Promise.all([send(sealed), send(sealed)]);
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 201],
  );
  const [first, second] = await Promise.all(both.map((response) => answerOf<ReportAnswer>(response)));
  assert.deepEqual(second, first);
  assert.deepEqual(await answerOf(await send(sealed)), first);
  const about = await answerOf<About>(await fetch(`${hub.url}/chat/about`));
  const { body } = verifyStatement(first?.statement, [parseVerifyingKey(about.receiptKey)], reportReceipt);
  assert.equal(body.reportId, reportId);
  assert.equal(body.number, first?.receipt);
  assert.equal(body.sealedSha256, Buffer.from(nodeCrypto.sha256(bytesOf(sealed))).toString("hex"));
  await problemOf(await send(text(randomBytes(100))), 409);
  const stranger = await register(hub);
  await problemOf(await stranger.request("POST", "/chat/reports", { reportId, sealed, holds: [] }), 409);
  await problemOf(await stranger.request("GET", `/chat/reports/${reportId}`), 404);
  const old = "0190c0de-0000-4000-8000-000000000000";
  await problemOf(
    await bob.device.request("POST", "/chat/reports", { reportId: old, sealed, holds: [] }),
    422,
  );
});

test("the reporter hears on every device how the report goes on, up to its outcome", async () => {
  const { bob, room, said } = await talk();
  const { reportId, sealed } = await reportOf(hub, bob, room, said);
  await bob.device.ask("POST", "/chat/reports", { reportId, sealed, holds: [] });
  const office = officeOf(hub);
  const result = (body: object) => office("POST", `reports/${reportId}/result`, body);
  await problemOf(await result({ state: "verified", reference: randomUUID() }), 422);
  // What the verifier hands in at the ordinary door.
  const accepted = await fetch(`${hub.url}/door/reports`, {
    method: "POST",
    headers: { authorization: hub.verifier.authorization },
    body: formOf(testReport([]), []),
  });
  const { id: reference } = await answerOf<{ id: string }>(accepted);
  assert.equal((await result({ state: "verified", reference })).status, 204);
  assert.equal((await result({ state: "verified", reference })).status, 204, "again changes nothing");
  await problemOf(await result({ state: "unverified" }), 409);
  await hub.station.db.pool.query(
    `insert into outcome (id, report_id, kind, detail, recorded_at, origin)
     values ($1, $2, 'children-safeguarded', '{"children": 1}', now(), '{"station": "force-one", "name": "Force"}')`,
    [randomUUID(), reference],
  );
  const status = await until("the outcome to reach the receipt", async () => {
    const found = await bob.device.ask<{ state: string; steps: Array<{ what: string }> }>(
      "GET",
      `/chat/reports/${reportId}`,
    );
    return found.steps.length >= 4 ? found : undefined;
  });
  assert.equal(status.state, "passed-on");
  assert.deepEqual(
    status.steps.map(({ what }) => what),
    ["received", "verified", "passed-on", "children-safeguarded"],
  );
  const { events } = await hear(hub, bob);
  const told = events.flatMap((event) => (event.kind === "report" ? [event.state] : []));
  assert.deepEqual(told, ["received", "passed-on", "passed-on"]);
  const leaves = await hub.station.db.pool.query(
    "select kind from leaf where body->>'report' = $1 order by position",
    [reportId],
  );
  assert.deepEqual(
    leaves.rows.map(({ kind }) => kind as string),
    ["chat.report-received", "chat.report-result"],
  );
});

test("the office is for the verifier only, and gives only what the reporter was there for", async () => {
  const { ann, bob, room, said } = await talk();
  const { reportId, sealed } = await reportOf(hub, bob, room, said);
  await bob.device.ask("POST", "/chat/reports", { reportId, sealed, holds: [] });
  const office = officeOf(hub);
  const other = await testSender(hub);
  for (const authorization of [
    "",
    other.authorization,
    `Bearer ${bob.device.token}`,
    `Basic ${Buffer.from("verifier:wrong").toString("base64")}`,
  ]) {
    const knock = officeOf(hub, authorization);
    for (const response of [
      await knock("GET", "reports"),
      await knock("POST", "frank-checks", { reportId, items: [] }),
      await knock("POST", "records", { reportId, roomUri: room.uri, seqs: [1] }),
      await knock("GET", `accounts/${ann.device.handle}?report=${reportId}`),
      await knock("GET", `blobs/${"0".repeat(32)}?report=${reportId}`),
      await knock("POST", `reports/${reportId}/result`, { state: "verified" }),
    ])
      await problemOf(response, 401);
  }
  // A room that bob was never in, and people he never met.
  const cleo = clientOf(await register(hub));
  const elsewhere = await makeRoom(hub, cleo);
  await say(hub, cleo, elsewhere, "Nobody else is here");
  for (const roomUri of [elsewhere.uri, "mimi://hub.example/r/no", "x", "\u0000"]) {
    const response = await office("POST", "records", { reportId, roomUri, seqs: [1, 2, -1, 1e300] });
    const records = decodeRecords(new Uint8Array(await response.arrayBuffer()));
    assert.deepEqual([records.items, records.rosters, records.devices], [[], [], []], roomUri);
  }
  for (const handle of [cleo.device.handle, "nobody-here", "%00", "%F0%9F%AA%81"])
    await problemOf(await office("GET", `accounts/${handle}?report=${reportId}`), 404);
  await problemOf(await office("GET", `blobs/../x?report=${reportId}`), 404);
  const unknown = randomUUID();
  await problemOf(await office("POST", "records", { reportId: unknown, roomUri: room.uri, seqs: [1] }), 404);
  const context = { senderUri: "\u0000", roomUri: "", acceptedAt: 1e308 };
  const items = [{ frankingTag: "", serverFrank: "", context, hubKid: 0.5 }];
  const checked = await office("POST", "frank-checks", { reportId, items });
  assert.deepEqual(await answerOf(checked), { valid: [false] });
});

test("a frank audit says of an honest frank that it holds and of a junk one that it does not, and signs its word", async () => {
  const { ann, bob, room, said } = await talk();
  const [first] = said;
  assert.ok(first !== undefined);
  const { frank, context, message } = first.delivered;
  const tag = tagFromAad(readPrivateMessage(message)?.authenticatedData ?? new Uint8Array());
  assert.ok(tag !== null);
  const ask = (serverFrank: Uint8Array, by = bob) =>
    by.device.request("POST", "/chat/frank-audit", {
      tag: text(tag),
      frank: { ...frank, serverFrank: text(serverFrank), signature: text(frank.signature) },
      context: { ...context, acceptedAt: Number(context.acceptedAt) },
    });
  const { publicKey } = await agentOf(hub);
  const franks: Array<[Uint8Array, boolean]> = [
    [frank.serverFrank, true],
    [randomBytes(32), false],
  ];
  for (const [serverFrank, valid] of franks) {
    const answer = await answerOf<{ valid: boolean; signature: string }>(await ask(serverFrank));
    assert.equal(answer.valid, valid);
    const question: FrankAudit = { tag, frank: { ...frank, serverFrank }, context };
    const signature = bytesOf(answer.signature);
    assert.equal(await verifyFrankAudit(nodeCrypto, publicKey, question, { valid, signature }), true);
  }
  assert.equal((await ask(frank.serverFrank, ann)).status, 200);
  const stranger = clientOf(await register(hub));
  await problemOf(await ask(frank.serverFrank, stranger), 403);
  assert.ok(room.last !== null);
});

test("an authority that is away delays nothing and is asked again", async () => {
  authority.isAway = true;
  const { bob, room, said } = await talk();
  const { reportId, sealed } = await reportOf(hub, bob, room, said);
  await bob.device.ask("POST", "/chat/reports", { reportId, sealed, holds: [] });
  await hub.station.db.pool.query("delete from chat_stamp");
  const before: number = authority.asked;
  const response = await officeOf(hub)("POST", "records", { reportId, roomUri: room.uri, seqs: [1] });
  const [item] = decodeRecords(new Uint8Array(await response.arrayBuffer())).items;
  assert.ok(item !== undefined && item.inclusion !== null);
  assert.deepEqual(item.inclusion.tokens, []);
  assert.equal(authority.asked, before + 1);
  authority.isAway = false;
});
