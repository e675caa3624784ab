import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogInclusion } from "../bundle/types.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { changeRecord, scene, stepOf, verified } from "./testing/scene.ts";

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
