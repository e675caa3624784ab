import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { nodeCrypto } from "../crypto/node.ts";
import { type ChainLink, GENESIS, signHead } from "../hub/chain.ts";
import { checkDelivered } from "./check-delivered.ts";
import { equivocation, linkHeads } from "./heads.ts";
import {
  accept,
  conversation,
  hubPublicKey,
  hubSignatureKey,
  receive,
  room,
  type Sent,
  send,
  testDevice,
} from "./room-testing.ts";

const robin = testDevice("robin");

/** Made once: signing and hashing are what these tests cost. */
const messages = await conversation(["robin", "wren", "jay"], 9);
const links = messages.map(({ link }) => link);

const sign = (link: ChainLink, roomUri = room.roomUri) =>
  signHead(nodeCrypto, hubSignatureKey, { roomUri, ...link, at: 5n });

test("a whole conversation is one chain, and everybody's head is the hub's", async () => {
  const { verdicts, last } = await receive(messages);
  assert.ok(verdicts.every(({ ok }) => ok));
  assert.ok(verdicts.slice(1).every((verdict) => verdict.ok && verdict.seen === "agrees"));
  assert.deepEqual(last, links.at(-1));
});

test("who joins later takes the first message as it comes, and is held to the chain from there", async () => {
  const { verdicts } = await receive(messages.slice(4), null);
  assert.ok(verdicts.every(({ ok }) => ok));
  const { verdicts: cut } = await receive([...messages.slice(4, 6), ...messages.slice(7)], null);
  assert.deepEqual(cut.map((one) => (one.ok ? "ok" : one.code)).slice(2), ["chain.gap", "chain.gap"]);
});

test("a message that is left out is a gap, wherever it was", async () => {
  for (let left = 0; left < messages.length - 1; left += 1) {
    const { verdicts } = await receive(messages.toSpliced(left, 1));
    assert.deepEqual(verdicts[left], { ok: false, code: "chain.gap", link: null });
    assert.ok(verdicts.slice(0, left).every(({ ok }) => ok));
  }
});

test("messages in another order are seen, and so is one that comes twice", async () => {
  const swapped = [messages[0], messages[2], messages[1]].filter((one) => one !== undefined);
  assert.deepEqual(
    (await receive(swapped)).verdicts.map((one) => (one.ok ? "ok" : one.code)),
    ["ok", "chain.gap", "ok"],
  );
  const twice = [messages[0], messages[0]].filter((one) => one !== undefined);
  assert.deepEqual(
    (await receive(twice)).verdicts.map((one) => (one.ok ? "ok" : one.code)),
    ["ok", "chain.replay"],
  );
});

test("a message in another's place breaks the chain behind it", async () => {
  const [first, second, third] = messages;
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  const other = await send(robin, "Train 1 is late", { last: first.link });
  const codes = (await receive([first, other, third])).verdicts.map((one) => (one.ok ? "ok" : one.code));
  assert.deepEqual(codes, ["ok", "ok", "chain.broken"]);
});

test("a chain begins at its beginning", async () => {
  const [first, second] = messages;
  assert.ok(first !== undefined && second !== undefined);
  const judge = async ({ delivered, opened }: Sent, ext: object, last: ChainLink | null) => {
    const changed = { ...delivered, ext: { ...delivered.ext, ...ext } };
    const verdict = await checkDelivered(nodeCrypto, { delivered: changed, opened, room, last });
    return verdict.ok ? "ok" : verdict.code;
  };
  assert.equal(await judge(first, { roomSeq: 0n }, null), "chain.start");
  assert.equal(await judge(first, { prevHead: new Uint8Array(32).fill(1) }, null), "chain.start");
  assert.equal(await judge(second, { prevHead: GENESIS.head }, null), "chain.start");
  assert.equal(await judge(second, { prevHead: new Uint8Array(31) }, null), "chain.start");
  assert.equal(await judge(second, { recHash: new Uint8Array(33) }, first.link), "chain.start");
  assert.equal(await judge(second, {}, GENESIS), "chain.gap");
});

test("a message that is not shown is still a link, so that the conversation goes on", async () => {
  const [first, second, third] = await conversation(["robin", "wren"], 3);
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  const spoilt = { ...second, opened: { ...second.opened, plaintext: first.prepared.content } };
  const { verdicts } = await receive([first, spoilt, third]);
  assert.deepEqual(
    verdicts.map((one) => (one.ok ? "ok" : one.code)),
    ["ok", "frank.tag", "ok"],
  );
});

test("one signed head covers every message up to it", async () => {
  const check = { hubPublicKey, roomUri: room.roomUri, links };
  for (const link of links)
    assert.deepEqual(await linkHeads(nodeCrypto, { ...check, head: await sign(link) }), { ok: true, link });
});

test("a head that is not this hub's, not this room's, or not of this device's time says so", async () => {
  const [first, , third] = links;
  assert.ok(first !== undefined && third !== undefined);
  const judge = async (head: Awaited<ReturnType<typeof sign>>, known: readonly ChainLink[] = links) => {
    const verdict = await linkHeads(nodeCrypto, { hubPublicKey, roomUri: room.roomUri, head, links: known });
    return verdict.ok ? "ok" : verdict.code;
  };
  assert.equal(await judge(await sign(third, "mimi://hub.example/r/other")), "chain.head-room");
  assert.equal(await judge({ ...(await sign(third)), at: 6n }), "chain.head-signature");
  assert.equal(await judge(await sign(third), [first]), "chain.head-ahead");
  assert.equal(await judge(await sign(third), []), "chain.head-ahead");
  assert.equal(await judge(await sign(first), [third]), "chain.head-unknown");
  assert.equal(await judge(await sign({ ...third, head: first.head })), "chain.fork");
});

test("a tail that was cut off shows when the head comes", async () => {
  const { last } = await receive(messages.slice(0, -2));
  assert.ok(last !== null);
  const whole = await sign(links.at(-1) ?? GENESIS);
  const verdict = await linkHeads(nodeCrypto, {
    hubPublicKey,
    roomUri: room.roomUri,
    head: whole,
    links: [last],
  });
  assert.deepEqual(verdict, { ok: false, code: "chain.head-ahead" });
});

test("two signed heads for one message are a proof that needs nothing else", async () => {
  const third = links[2];
  assert.ok(third !== undefined);
  const a = await sign(third);
  const b = await sign({ ...third, head: new Uint8Array(32).fill(9) });
  const proof = await equivocation(nodeCrypto, hubPublicKey, a, b);
  assert.deepEqual(proof, { roomUri: room.roomUri, roomSeq: 3n, heads: [a, b] });
  const prove = (one: typeof a, other: typeof a) => equivocation(nodeCrypto, hubPublicKey, one, other);
  assert.equal(await prove(a, a), null);
  assert.equal(await prove(a, { ...a, at: 6n }), null);
  assert.equal(await prove(a, await sign(links[3] ?? third)), null);
  assert.equal(await prove(a, await sign({ ...third, head: b.head }, "mimi://hub.example/r/other")), null);
  assert.equal(await prove(a, { ...b, signature: a.signature }), null);
  assert.equal(await prove({ ...a, signature: b.signature }, b), null);
});

test("whatever a hub leaves out, doubles or turns around, a receiver shows no message out of its place", () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: messages.length - 1 }), { maxLength: 14 }), async (order) => {
      const given = order.map((index) => messages[index]).filter((one) => one !== undefined);
      const { verdicts, last } = await receive(given);
      let expected = 0;
      for (const [at, index] of order.entries()) {
        assert.equal(verdicts[at]?.ok, index === expected, `message ${index} as number ${at}`);
        if (index === expected) expected += 1;
      }
      assert.equal(last?.roomSeq, BigInt(expected));
    }),
    { numRuns: 60 },
  ));

test("a hub that tells two members two stories is found out by what the one says to the other", async () => {
  const common = await conversation(["robin"], 2);
  const fork = common.at(-1)?.link ?? GENESIS;
  const toWren = await send(robin, "At noon", { last: fork });
  const toJay = await send(robin, "At six", { last: fork });
  // Jay answers knowing Jay's story, and the hub can put the answer behind Wren's.
  const causality = { seen: toJay.link, deviceSeq: 1, previousOwn: null };
  const answer = await send(testDevice("jay"), "I will be there", { last: toJay.link, causality });
  const replayed = await accept(testDevice("jay"), answer.prepared, { last: toWren.link });
  const { verdicts } = await receive([...common, toWren, replayed]);
  const verdict = verdicts.at(-1);
  assert.equal(verdict?.ok === true && verdict.seen, "differs");
});
