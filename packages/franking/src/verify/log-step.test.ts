import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { LogInclusion } from "../bundle/types.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { createTimestampAuthority } from "../timestamp/authority.ts";
import { issueTimestamp } from "../timestamp/issue.ts";
import { timestampRequest } from "../timestamp/request.ts";
import { readTimestampResponse } from "../timestamp/response.ts";
import { changeRecord, scene, stepOf, verified } from "./testing/scene.ts";
import { START } from "./testing/world.ts";
import type { VerifyInput } from "./types.ts";
import { verifyBundle } from "./verify-bundle.ts";

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

test("without the key of the provider's log its proofs are not checked, and that is said", async () => {
  const verdict = await verified(await scene(), {
    input: ({ trust: { frankingKeys, timestampRoots }, ...input }) => ({
      ...input,
      trust: { frankingKeys, timestampRoots },
    }),
  });
  assert.equal(stepOf(verdict, "V8", 5), "not-checked log.no-key");
  assert.equal(verdict.verdict, "VERIFIED");
});

suite("an outside timestamp over the log", () => {
  const MINUTE = 60_000;
  const at = Number(START) + 30 * MINUTE;
  const validity = { from: at - 60 * MINUTE, to: at + 60 * MINUTE };
  const authority = createTimestampAuthority("Example Timestamps", validity);
  const stranger = createTimestampAuthority("Other Timestamps", validity);

  function tokenOver(digest: Uint8Array, { by = authority, when = at } = {}): Uint8Array {
    const nonce = nodeCrypto.random(16);
    return readTimestampResponse(issueTimestamp(by, timestampRequest(digest, nonce), when), {
      digest,
      nonce,
    });
  }

  /** What is given to a verifier an hour later, with tokens over the checkpoint that the whole conversation is under. */
  async function stamped(tokens: (digest: Uint8Array) => Uint8Array[]): Promise<VerifyInput> {
    const { world, bo } = await scene();
    const input = await world.input(bo, await world.report(bo, { selected: [5] }));
    const { openLogProof } = input.trust;
    const notes = new Set<string>();
    const noting: VerifyInput["trust"]["openLogProof"] = async (leaf, proof) => {
      const note = (await openLogProof?.(leaf, proof)) ?? null;
      if (note !== null) notes.add(note);
      return note;
    };
    await verifyBundle({ ...input, trust: { ...input.trust, openLogProof: noting } });
    const [note, ...others] = notes;
    assert.ok(note !== undefined && others.length === 0);
    const stamps = tokens(nodeCrypto.sha256(new TextEncoder().encode(note)));
    const items = input.records.items.map((item) => ({
      ...item,
      inclusion: item.inclusion === null ? null : { ...item.inclusion, tokens: stamps },
    }));
    return {
      ...input,
      records: { ...input.records, items },
      trust: { ...input.trust, timestampRoots: [authority.root] },
      now: at + 60 * MINUTE,
    };
  }

  test("bounds every message's age by the authority's clock and its accuracy; of several, the earliest counts", async () => {
    const later = at + 5 * MINUTE;
    const input = await stamped((digest) => [tokenOver(digest, { when: later }), tokenOver(digest)]);
    const verdict = await verifyBundle(input);
    assert.equal(verdict.verdict, "VERIFIED");
    for (const { existedBy, roomSeq } of verdict.items) {
      assert.equal(stepOf(verdict, "V8", Number(roomSeq)), "passed");
      // The authority states its time to a second.
      assert.equal(existedBy, String(at + 1000));
    }
  });

  test("counts for nothing from an authority that is not trusted, over another head, or from a time to come", async () => {
    const spoiled: ReadonlyArray<(digest: Uint8Array) => Uint8Array> = [
      (digest) => tokenOver(digest, { by: stranger }),
      (digest) => tokenOver(digest.with(0, (digest[0] ?? 0) ^ 1)),
      (digest) => {
        const token = tokenOver(digest);
        return token.with(token.length - 1, (token.at(-1) ?? 0) ^ 1);
      },
    ];
    for (const spoil of spoiled) {
      const verdict = await verifyBundle(await stamped((digest) => [tokenOver(digest), spoil(digest)]));
      assert.equal(stepOf(verdict, "V8", 5), "failed log.timestamp");
      assert.equal(verdict.items[4]?.existedBy, null);
      assert.equal(verdict.verdict, "UNVERIFIED");
    }
    const input = await stamped((digest) => [tokenOver(digest)]);
    const early = await verifyBundle({ ...input, now: at - 20 * MINUTE });
    assert.equal(stepOf(early, "V8", 5), "failed log.timestamp");
  });
});

test("facts of a batch in another spelling than the one that they have are no facts, whatever was logged", async () => {
  const s = await scene();
  const respelt: ReadonlyArray<readonly [(facts: string) => string, string]> = [
    [(facts) => facts, "passed"],
    [(facts) => facts.replace(",", ", "), "failed log.broken"],
    [
      (facts) => facts.replace('"body":', `"body":{"root":"${"00".repeat(32)}","size":1},"body":`),
      "failed log.broken",
    ],
    // Half a surrogate pair, which JSON can spell and no text has.
    [(facts) => facts.replace('"id":"', '"id":"\\ud800'), "failed log.broken"],
  ];
  for (const [spell, outcome] of respelt) {
    const leafBody = (one: Uint8Array) => new TextEncoder().encode(spell(new TextDecoder().decode(one)));
    const verdict = await verified(s, {
      input: (input) => {
        const changed = changeRecord(5, (item) => ({
          ...item,
          inclusion:
            item.inclusion === null
              ? null
              : { ...item.inclusion, leafBody: leafBody(item.inclusion.leafBody) },
        }))(input);
        // The log holds whatever its keeper put into it.
        return { ...changed, trust: { ...changed.trust, openLogProof: () => "hub.example/log\n" } };
      },
    });
    assert.equal(stepOf(verdict, "V8", 5), outcome);
  }
});
