import assert from "node:assert/strict";
import { test } from "node:test";
import type { BundleItem, LogInclusion, ProviderItem, ReportBundle } from "../bundle/types.ts";
import { prepareMessage } from "../client/prepare.ts";
import { textPart } from "../content/text.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { type Device, makeWorld, OTHER_ROOM, REPORT_ID, ROOM, type World } from "./testing/world.ts";
import type { BundleVerdict, Step, VerifyInput } from "./types.ts";
import { verifyBundle } from "./verify-bundle.ts";

interface Scene {
  readonly world: World;
  readonly al: Device;
  readonly bo: Device;
}

/** Al and Bo talk about kites: eight messages, Al writes the odd ones. */
async function scene(): Promise<Scene> {
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  for (let seq = 1; seq <= 8; seq += 1)
    await world.say(seq % 2 === 1 ? al : bo, `Kite number ${seq} is blue.`);
  return { world, al, bo };
}

/** Bo's report of Al's fifth message, then altered. */
async function verified(
  { world, bo }: Scene,
  alter: {
    bundle?: (bundle: ReportBundle) => ReportBundle;
    input?: (input: VerifyInput) => VerifyInput;
  } = {},
  withheld: number[] = [],
): Promise<BundleVerdict> {
  const bundle = await world.report(bo, { selected: [5], withheld });
  const input = await world.input(bo, alter.bundle?.(bundle) ?? bundle);
  return await verifyBundle(alter.input?.(input) ?? input);
}

function stepOf(verdict: BundleVerdict, step: Step, roomSeq?: number): string {
  const steps =
    roomSeq === undefined
      ? verdict.steps
      : verdict.items.find((item) => item.roomSeq === String(roomSeq))?.steps;
  const found = steps?.find((one) => one.step === step);
  return found === undefined
    ? "none"
    : found.result === "passed"
      ? "passed"
      : `${found.result} ${found.code}`;
}

/** As it is offline: nobody to ask about the mark. */
function withoutProvider(input: VerifyInput): VerifyInput {
  const { checkFrank: asked, ...rest } = input;
  assert.ok(asked !== undefined);
  return rest;
}

const changeItem = (seq: number, change: (item: BundleItem) => BundleItem) => (bundle: ReportBundle) => ({
  ...bundle,
  items: bundle.items.map((item) => (item.ext.roomSeq === BigInt(seq) ? change(item) : item)),
});

const changeRecord = (seq: number, change: (item: ProviderItem) => ProviderItem) => (input: VerifyInput) => ({
  ...input,
  records: {
    ...input.records,
    items: input.records.items.map((item) => (item.record.roomSeq === BigInt(seq) ? change(item) : item)),
  },
});

test("an honest report of an honest message is verified, step by step, and shows the whole conversation", async () => {
  const verdict = await verified(await scene());
  assert.equal(verdict.verdict, "VERIFIED");
  assert.equal(verdict.fullConversation, true);
  assert.equal(verdict.items.length, 8);
  for (const item of verdict.items)
    for (const { step, result, code } of item.steps)
      assert.equal(result, step === "V12" ? "not-checked" : "passed", `${item.roomSeq} ${step} ${code}`);
  assert.equal(verdict.items[4]?.seen, "4");
});

test("attack 1: words that were not sent are refused by the tag", async () => {
  const s = await scene();
  const forged = await prepareMessage(nodeCrypto, {
    senderUri: s.al.uri,
    roomUri: ROOM,
    part: textPart("Kite number 5 is red."),
    causality: { seen: null, deviceSeq: 3, previousOwn: null },
  });
  const verdict = await verified(s, {
    bundle: changeItem(5, (item) => ({ ...item, content: forged.content })),
  });
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V4", 5), "failed frank.tag");
});

test("attack 2: another time, by one millisecond, is refused by the provider's mark, its signature and its record", async () => {
  const verdict = await verified(await scene(), {
    bundle: changeItem(5, (item) => ({ ...item, acceptedAt: item.acceptedAt + 1n })),
  });
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V5", 5), "failed frank.not-ours");
  assert.equal(stepOf(verdict, "V6", 5), "failed frank.signature");
  assert.equal(stepOf(verdict, "V7", 5), "failed record.context");
});

test("a time that no message can have is refused, and not an error: the report goes on as a statement", async () => {
  for (const acceptedAt of [253_402_300_800_000n, 2n ** 64n - 1n]) {
    const verdict = await verified(await scene(), {
      bundle: changeItem(5, (item) => ({ ...item, acceptedAt })),
    });
    assert.equal(verdict.verdict, "UNVERIFIED");
    assert.equal(stepOf(verdict, "V5", 5), "failed frank.key-month");
  }
});

test("attack 3: a message planted in another room is refused", async () => {
  const s = await scene();
  const moved = await verified(s, {
    bundle: (bundle) => ({ ...bundle, roomUri: OTHER_ROOM }),
    input: (input) => ({ ...input, records: { ...input.records, roomUri: OTHER_ROOM } }),
  });
  assert.equal(moved.verdict, "UNVERIFIED");
  assert.equal(stepOf(moved, "V3", 5), "failed content.other-room");
  const elsewhere = await verified(s, {
    input: (input) => ({ ...input, records: { ...input.records, roomUri: OTHER_ROOM } }),
  });
  assert.equal(stepOf(elsewhere, "V1"), "failed records.other-room");
});

test("attacks 4 and 5: a message said to be somebody else's is refused", async () => {
  const s = await scene();
  const verdict = await verified(s, {
    bundle: changeItem(5, (item) => ({ ...item, senderUri: s.bo.uri, deviceId: s.bo.deviceId })),
  });
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V3", 5), "failed content.other-sender");
  assert.equal(stepOf(verdict, "V5", 5), "failed frank.not-ours");
  assert.equal(stepOf(verdict, "V9", 5), "failed submit.differs");
});

test("attack 9: a server frank that is junk under a good signature is found, and only the provider could find it", async () => {
  const s = await scene();
  const online = await verified(s, { input: (input) => ({ ...input, checkFrank: () => false }) });
  assert.equal(online.verdict, "UNVERIFIED");
  assert.equal(stepOf(online, "V5", 5), "failed frank.not-ours");
  const offline = await verified(s, {
    input: withoutProvider,
  });
  assert.equal(offline.verdict, "UNVERIFIED");
  assert.equal(stepOf(offline, "V5", 5), "not-checked frank.not-asked");
  const attested = await verified(s, {
    input: (input) => ({
      ...withoutProvider(input),
      frankAttested: new Set(["1", "2", "3", "4", "5", "6", "7", "8"]),
    }),
  });
  assert.equal(attested.verdict, "VERIFIED");
});

test("attack 10: whoever controls an account's name but not its device cannot put words into its mouth", async () => {
  const s = await scene();
  const mallory = nodeCrypto.random(32);
  const framed = { ...s.al, privateKey: mallory, publicKey: nodeCrypto.publicKeyOf(mallory) };
  await s.world.say(framed, "Kite number 9 is red.");
  const bundle = await s.world.report(s.bo, { selected: [9] });
  const verdict = await verifyBundle(await s.world.input(s.bo, bundle));
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V5", 9), "passed");
  assert.equal(stepOf(verdict, "V9", 9), "failed submit.signature");
});

test("attack 11: the month names the key; another month's is refused", async () => {
  const verdict = await verified(await scene(), {
    bundle: changeItem(5, (item) => ({ ...item, ext: { ...item.ext, hubKid: 202_605 } })),
  });
  assert.equal(stepOf(verdict, "V5", 5), "failed frank.key-month");
});

test("attack 13: what is kept back shows; what is left out in silence, moved or cut off is found", async () => {
  const s = await scene();
  const shown = await verified(s, {}, [3, 4]);
  assert.equal(shown.verdict, "VERIFIED");
  assert.deepEqual(shown.withheld, ["3", "4"]);
  assert.equal(shown.fullConversation, false);

  const silent = await verified(s, {
    bundle: (bundle) => ({ ...bundle, items: bundle.items.filter(({ ext }) => ext.roomSeq !== 3n) }),
  });
  assert.equal(silent.verdict, "UNVERIFIED");
  assert.equal(stepOf(silent, "V7"), "failed chain.gap");

  const moved = await verified(s, {
    bundle: (bundle) => {
      const [second, third] = [bundle.items[1], bundle.items[2]];
      if (second === undefined || third === undefined) throw new Error("the scene has eight messages");
      const swap = { ...third, ext: { ...third.ext, roomSeq: 2n } };
      const swapped = { ...second, ext: { ...second.ext, roomSeq: 3n } };
      return { ...bundle, items: bundle.items.toSpliced(1, 2, swap, swapped) };
    },
  });
  assert.equal(moved.verdict, "UNVERIFIED");
  assert.equal(stepOf(moved, "V7"), "failed chain.broken");

  const otherHead = await verified(s, {
    bundle: (bundle) => ({
      ...bundle,
      window: {
        ...bundle.window,
        headAtReport: { ...bundle.window.headAtReport, head: nodeCrypto.random(32) },
      },
    }),
  });
  assert.equal(stepOf(otherHead, "V7"), "failed chain.head");
  assert.equal(stepOf(otherHead, "V8"), "failed head.signature");
});

test("attack 15: an edit and what it edits are shown as such; an edit that is kept back is listed", async () => {
  const s = await scene();
  const first = s.world.said[4];
  assert.ok(first);
  await s.world.say(s.al, "Kite number 5 is green.", { replaces: first.messageId });
  const edited = await verifyBundle(await s.world.input(s.bo, await s.world.report(s.bo, { selected: [9] })));
  assert.equal(edited.verdict, "VERIFIED");
  assert.deepEqual(edited.items.at(-1)?.replaces, ["5"]);
  const kept = await verifyBundle(
    await s.world.input(s.bo, await s.world.report(s.bo, { selected: [5], withheld: [9] })),
  );
  assert.equal(kept.verdict, "VERIFIED");
  assert.deepEqual(kept.withheld, ["9"]);

  await s.world.say(s.bo, "Kite number 5 is mine.", { replaces: first.messageId });
  const theft = await verifyBundle(await s.world.input(s.bo, await s.world.report(s.bo, { selected: [10] })));
  assert.equal(stepOf(theft, "V11", 10), "failed causality.replaces");
});

test("attack 16: bytes that are not the one form of a message are refused", async () => {
  for (const spoil of [
    (bytes: Uint8Array) => Uint8Array.of(...bytes, 0),
    (bytes: Uint8Array) => bytes.subarray(1),
    (bytes: Uint8Array) => bytes.with(1, 0x4f),
    () => new Uint8Array(),
  ]) {
    const verdict = await verified(await scene(), {
      bundle: changeItem(5, (item) => ({ ...item, content: spoil(item.content) })),
    });
    assert.equal(verdict.verdict, "UNVERIFIED");
    assert.equal(stepOf(verdict, "V3", 5), "failed content.invalid");
  }
});

test("attack 18: only somebody who was a member then can report, with a device of theirs", async () => {
  const s = await scene();
  const stranger = await s.world.join("cy");
  const early = await verifyBundle(
    await s.world.input(stranger, await s.world.report(stranger, { selected: [5] })),
  );
  assert.equal(early.verdict, "UNVERIFIED");
  assert.equal(stepOf(early, "V10", 5), "failed roster.reporter");

  const outsider: Device = { ...stranger, uri: "mimi://hub.example/u/dee", deviceId: nodeCrypto.random(16) };
  const outside = await verifyBundle(
    await s.world.input(outsider, await s.world.report(outsider, { selected: [5] })),
  );
  assert.equal(stepOf(outside, "V2"), "failed reporter.device-unknown");

  const signedByAnother = await verifyBundle(
    await s.world.input(s.al, await s.world.report(s.bo, { selected: [5] })),
  );
  assert.equal(stepOf(signedByAnother, "V2"), "failed reporter.signature");
});

test("attack 19: a report handed in twice, and a message shown twice, are found", async () => {
  const s = await scene();
  const again = await verified(s, { input: (input) => ({ ...input, isRepeated: true }) });
  assert.equal(stepOf(again, "V13"), "failed time.repeated");
  const other = await verified(s, {
    input: (input) => ({ ...input, reportId: "01990000-0000-7000-8000-000000000002" }),
  });
  assert.equal(stepOf(other, "V1"), "failed bundle.other-report");
  assert.equal(other.reportId, "01990000-0000-7000-8000-000000000002");
  const twice = await verified(s, {
    bundle: (bundle) => {
      const third = bundle.items[2];
      return changeItem(5, (item) => ({ ...item, content: third?.content ?? item.content }))(bundle);
    },
  });
  assert.equal(stepOf(twice, "V11", 5), "failed causality.duplicate");
});

test("attack 20: a device that was removed before cannot have sent it; one removed later can", async () => {
  const s = await scene();
  const removed = (revokedAt: bigint) => (input: VerifyInput) => ({
    ...input,
    records: {
      ...input.records,
      devices: input.records.devices.map((entry) =>
        entry.uri === s.al.uri ? { ...entry, revokedAt } : entry,
      ),
    },
  });
  const sentAt = s.world.said[4]?.context.acceptedAt ?? 0n;
  const before = await verified(s, { input: removed(sentAt - 1n) });
  assert.equal(stepOf(before, "V9", 5), "failed submit.device-not-valid");
  const after = await verified(s, { input: removed(sentAt + 1n) });
  assert.equal(stepOf(after, "V9", 5), "passed");
  assert.equal(stepOf(after, "V9", 7), "failed submit.device-not-valid");
});

test("attack 21: a signature key counts only in its own time and for its own suite", async () => {
  const s = await scene();
  const withKeys =
    (
      change: (
        key: VerifyInput["trust"]["frankingKeys"][number],
      ) => VerifyInput["trust"]["frankingKeys"][number],
    ) =>
    (input: VerifyInput) => ({
      ...input,
      trust: { ...input.trust, frankingKeys: input.trust.frankingKeys.map(change) },
    });
  const sentAt = s.world.said[4]?.context.acceptedAt ?? 0n;
  const ended = await verified(s, { input: withKeys((key) => ({ ...key, notAfter: sentAt - 1n })) });
  assert.equal(stepOf(ended, "V6", 5), "failed frank.no-key");
  const suite = await verified(s, { input: withKeys((key) => ({ ...key, suite: 2 })) });
  assert.equal(stepOf(suite, "V6", 5), "failed frank.suite");
  const stranger = nodeCrypto.publicKeyOf(nodeCrypto.random(32));
  const other = await verified(s, { input: withKeys((key) => ({ ...key, publicKey: stranger })) });
  assert.equal(stepOf(other, "V6", 5), "failed frank.signature");
});

test("records of another message, of none, and without a device's signature are told apart", async () => {
  const s = await scene();
  const without = await verified(s, { input: changeRecord(5, (item) => ({ ...item, submit: null })) });
  assert.equal(without.verdict, "VERIFIED_NO_SUBMIT_SIG");
  assert.equal(stepOf(without, "V9", 5), "not-checked submit.none");
  assert.equal(stepOf(without, "V14"), "not-checked verdict.no-submit-signature");
  const none = await verified(s, {
    input: (input) => ({ ...input, records: { ...input.records, items: [] } }),
  });
  assert.equal(none.verdict, "UNVERIFIED");
  assert.equal(stepOf(none, "V7", 5), "failed record.missing");
  const other = s.world.said[2]?.franked.record;
  const swapped = await verified(s, {
    input: changeRecord(5, (item) => ({
      ...item,
      record: { ...(other ?? item.record), roomSeq: 5n, epoch: item.record.epoch },
    })),
  });
  assert.equal(stepOf(swapped, "V7", 5), "failed record.differs");
  const blinded = await verified(s, {
    input: changeRecord(5, (item) => ({ ...item, contextBlind: nodeCrypto.random(32) })),
  });
  assert.equal(stepOf(blinded, "V7", 5), "failed record.context");
  const rehashed = await verified(s, {
    input: changeRecord(5, (item) => ({
      ...item,
      record: { ...item.record, ctHash: nodeCrypto.random(32) },
    })),
  });
  assert.equal(stepOf(rehashed, "V7", 5), "failed record.hash");
});

test("a proof of the log that does not hold is found; one that is not there yet is said", async () => {
  const s = await scene();
  const spoiled = await verified(s, {
    input: changeRecord(5, (item) => ({
      ...item,
      inclusion: item.inclusion === null ? null : { ...item.inclusion, batchIndex: 0n },
    })),
  });
  assert.equal(stepOf(spoiled, "V8", 5), "failed log.broken");
  assert.equal(spoiled.verdict, "UNVERIFIED");
  const early = await verified(s, { input: changeRecord(5, (item) => ({ ...item, inclusion: null })) });
  assert.equal(stepOf(early, "V8", 5), "not-checked log.not-yet");
  assert.equal(early.verdict, "VERIFIED");
  const token = await verified(s, {
    input: changeRecord(5, (item) => ({
      ...item,
      inclusion: item.inclusion === null ? null : { ...item.inclusion, tokens: [nodeCrypto.random(40)] },
    })),
  });
  assert.equal(stepOf(token, "V8", 5), "failed log.timestamp");
});

test("a proof that differs in anything from one that held before is checked for itself", async () => {
  const s = await scene();
  const spoilings: ReadonlyArray<(one: LogInclusion) => Partial<LogInclusion>> = [
    ({ proof }) => ({ proof: proof.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, "_") }),
    ({ leafSalt }) => ({ leafSalt: leafSalt.with(0, (leafSalt[0] ?? 0) ^ 1) }),
    ({ leafBody }) => ({ leafBody: leafBody.with(3, (leafBody[3] ?? 0) ^ 1) }),
    ({ tokens }) => ({ tokens: [...tokens, new Uint8Array(40)] }),
  ];
  for (const spoil of spoilings) {
    const spoiled = await verified(s, {
      input: changeRecord(5, (item) => ({
        ...item,
        inclusion: item.inclusion === null ? null : { ...item.inclusion, ...spoil(item.inclusion) },
      })),
    });
    assert.match(stepOf(spoiled, "V8", 5), /^failed log\./);
    for (const place of [4, 6]) assert.equal(stepOf(spoiled, "V8", place), "passed");
  }
});

test("a message that claims to have seen what came later, or another past, is found", async () => {
  const s = await scene();
  const liar = await prepareMessage(nodeCrypto, {
    senderUri: s.al.uri,
    roomUri: ROOM,
    part: textPart("Kite number 5 is blue."),
    causality: { seen: { roomSeq: 7n, head: nodeCrypto.random(32) }, deviceSeq: 3, previousOwn: null },
  });
  const verdict = await verified(s, {
    bundle: changeItem(5, (item) => ({ ...item, content: liar.content })),
  });
  assert.equal(stepOf(verdict, "V11", 5), "failed causality.seen");
});

test("a sender cannot make their own words unreportable by a false word about what their device had seen", async () => {
  const s = await scene();
  await s.world.say(s.al, "Kite number 9 is blue.", { seen: { roomSeq: 8n, head: nodeCrypto.random(32) } });
  const verdict = await verifyBundle(
    await s.world.input(s.bo, await s.world.report(s.bo, { selected: [9] })),
  );
  assert.equal(stepOf(verdict, "V11", 9), "failed causality.seen");
  assert.equal(verdict.verdict, "VERIFIED");
  assert.equal(verdict.items.at(-1)?.seen, null);
});

test("a report from the future is refused, and its reason is its own", async () => {
  const s = await scene();
  const verdict = await verified(s, {
    bundle: (bundle) => ({ ...bundle, createdAt: bundle.createdAt + 3_600_000n }),
  });
  assert.equal(stepOf(verdict, "V13"), "failed time.future");
  assert.equal(verdict.reportId, REPORT_ID);
});
