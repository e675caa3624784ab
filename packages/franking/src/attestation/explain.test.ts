import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "../crypto/node.ts";
import { changeItem, changeRecord, type Scene, scene, verified } from "../verify/testing/scene.ts";
import { ROOM } from "../verify/testing/world.ts";
import type { BundleVerdict } from "../verify/types.ts";
import { explain } from "./explain.ts";
import { attestationOf } from "./make.ts";
import type { Attestation } from "./types.ts";

function attested({ bo }: Scene, verdict: BundleVerdict): Attestation {
  return attestationOf({
    bundle: null,
    handedInBy: bo,
    roomUri: ROOM,
    bundleSha256: nodeCrypto.sha256(Uint8Array.of(1)),
    recordsSha256: nodeCrypto.sha256(Uint8Array.of(2)),
    provider: { name: "Kite Chat", domain: "hub.example" },
    verdict,
    verifier: { version: "0.1.0", build: "test" },
    at: 1_777_150_000_000,
  });
}

const told = async (...[s, ...report]: Parameters<typeof verified>) =>
  explain(attested(s, await verified(s, ...report)));

test("an attestation in plain words says what is proven, what was kept back and where it ends, and no word of a message", async () => {
  const s = await scene();
  const whole = await told(s);
  assert.match(whole.headline, /1 message\(s\).* were sent by the accounts named here/);
  assert.ok(
    whole.proven.some((one) => /Message 5 was sent by mimi:\/\/hub\.example\/u\/al .*2026-04-25T/.test(one)),
  );
  assert.ok(whole.proven.some((one) => /Message 5 was signed by the sending device/.test(one)));
  assert.deepEqual(whole.notProven, []);
  assert.ok(whole.limits.some((one) => /accounts and devices/.test(one)));
  const partly = await told(s, {}, [2]);
  assert.match(partly.withheld[0] ?? "", /kept back 1 message\(s\).*number\(s\) 2/);
  assert.doesNotMatch(JSON.stringify([whole, partly]), /kite number|blue/i);
});

test("what a device says of itself is told as its word: what it had seen, and which messages were its first and its newest", async () => {
  const { proven, withheld, limits } = await told(await scene());
  assert.ok(
    proven.includes(
      "When mimi://hub.example/u/al wrote message 5, the device said in it that it had received the conversation up to message 4.",
    ),
  );
  assert.deepEqual(withheld, [
    "The report shows every message from 1 to 8. That these are the first and the newest that the reporter could read is the word of the reporter's device.",
  ]);
  assert.ok(limits.includes("Nothing is said about messages outside of the part that is shown."));
});

test("where the chain does not hold, neither the order is told as proven nor that nothing was kept back", async () => {
  const s = await scene();
  const silent = await told(s, {
    bundle: (bundle) => ({ ...bundle, items: bundle.items.filter(({ ext }) => ext.roomSeq !== 3n) }),
  });
  assert.deepEqual(silent.proven, [
    "The report was made by mimi://hub.example/u/bo, who was a member of the conversation.",
  ]);
  assert.match(silent.withheld[0] ?? "", /^Whether anything between message 1 and message 8 was kept back/);
  const named = await told(
    s,
    { bundle: (bundle) => ({ ...bundle, items: bundle.items.filter(({ ext }) => ext.roomSeq !== 3n) }) },
    [2],
  );
  assert.match(named.withheld[0] ?? "", /kept back 1 message\(s\).*number\(s\) 2/);
  assert.match(named.withheld[1] ?? "", /^Whether anything else/);
});

test("places that the provider's records do not confirm are in no proven order", async () => {
  const unrecorded = await told(await scene(), {
    input: (input) => ({ ...input, records: { ...input.records, items: [] } }),
  });
  assert.doesNotMatch(unrecorded.proven.join(), /order/);
  const other = await told(await scene(), {
    input: changeRecord(3, (item) => ({ ...item, contextBlind: nodeCrypto.random(32) })),
  });
  assert.doesNotMatch(other.proven.join(), /order/);
});

test("of a report that cannot be read nothing is told but that, and why", async () => {
  const { headline, proven, notProven, withheld } = await told(await scene(), {
    input: (input) => ({ ...input, signed: { ...input.signed, bundle: Uint8Array.of(1) } }),
  });
  assert.match(headline, /^Nothing in this report is proven/);
  assert.deepEqual([proven, withheld], [[], []]);
  assert.match(notProven.join(), /cannot be read/);
});

test("a failed step is told with its reason", async () => {
  const s = await scene();
  const verdict = await verified(s);
  const [first, ...others] = verdict.items;
  assert.ok(first);
  const spoilt = {
    ...first,
    verdict: "UNVERIFIED" as const,
    steps: [{ step: "V4" as const, result: "failed" as const, code: "frank.tag", detail: "It was altered." }],
  };
  const { notProven } = explain(attested(s, { ...verdict, items: [spoilt, ...others] }));
  assert.deepEqual(notProven, ["Message 1, said to be from mimi://hub.example/u/al: It was altered."]);
});

test("that an unopened file was sent is proven with its message, and not without", async () => {
  const s = await scene();
  const { items, ...verdict } = await verified(s);
  const attachments = [
    { root: "ab".repeat(32), mode: "hash-only" as const, result: "committed-not-seen" as const },
  ];
  const withFile = (item: (typeof items)[number]) => ({ ...item, attachments });
  const proven = explain(attested(s, { ...verdict, items: items.map(withFile) })).notProven;
  assert.match(proven[0] ?? "", /that it was sent is proven/);
  const unproven = items.map((item) => ({ ...withFile(item), verdict: "UNVERIFIED" as const }));
  const told = explain(attested(s, { ...verdict, items: unproven }));
  assert.match(
    told.notProven[0] ?? "",
    /^The file with the root (ab){32} in message 1: nobody has opened it/,
  );
  assert.doesNotMatch(told.notProven.join(), /proven/);
});

test("limits are named where they hold: a missing signature whatever the verdict, a file that was not seen and not one that differs", async () => {
  const s = await scene();
  const unsigned = changeRecord(5, (item) => ({ ...item, submit: null }));
  const later = changeItem(5, (item) => ({ ...item, acceptedAt: item.acceptedAt + 1n }));
  for (const bundle of [undefined, later]) {
    const verdict = await verified(s, { input: unsigned, ...(bundle === undefined ? {} : { bundle }) });
    assert.ok(attested(s, verdict).limits.includes("no-device-signature"), verdict.verdict);
  }
  const { items, ...verdict } = await verified(s);
  assert.ok(!attested(s, { ...verdict, items }).limits.includes("no-device-signature"));
  for (const [result, isUnseen] of [
    ["committed-not-seen", true],
    ["missing", true],
    ["failed", false],
    ["opened-and-bound", false],
  ] as const) {
    const attachments = [{ root: "ab".repeat(32), mode: "full" as const, result }];
    const { limits } = attested(s, { ...verdict, items: items.map((item) => ({ ...item, attachments })) });
    assert.equal(limits.includes("attachments-not-seen"), isUnseen, result);
  }
});
