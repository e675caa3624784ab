import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "../crypto/node.ts";
import { signHead } from "../hub/chain.ts";
import { scene, stepOf, verified } from "./testing/scene.ts";
import { OTHER_ROOM, START } from "./testing/world.ts";

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

test("a head of another room is none, though the provider signed it", async () => {
  const s = await scene();
  const { head, roomSeq } = (await s.world.report(s.bo, { selected: [5] })).window.headAtReport;
  const at = START + 3_600_000n;
  const other = { roomUri: OTHER_ROOM, roomSeq, head, at };
  const headAtReport = await signHead(nodeCrypto, s.world.keys.signatureKey, other);
  const verdict = await verified(s, {
    bundle: (bundle) => ({ ...bundle, window: { ...bundle.window, headAtReport } }),
  });
  assert.equal(stepOf(verdict, "V8"), "failed head.other-room");
  assert.equal(verdict.verdict, "UNVERIFIED");
});

test("a head counts under no key that is pinned for another cipher suite", async () => {
  const s = await scene();
  const verdict = await verified(s, {
    input: (input) => ({
      ...input,
      trust: { ...input.trust, frankingKeys: input.trust.frankingKeys.map((key) => ({ ...key, suite: 2 })) },
    }),
  });
  assert.equal(stepOf(verdict, "V8"), "failed head.signature");
});
