import assert from "node:assert/strict";
import { test } from "node:test";
import type { Attestation } from "@fairlead/franking";
import { attestationOver, testProvider } from "../testing/franked.ts";
import { measuresOf, testFile, type TestFile } from "../testing/report.ts";
import { type Held, judge } from "./judge.ts";
import type { Reading } from "./read.ts";

const provider = await testProvider();
const bundle = testFile({ name: "report-bundle.cbor" });
const records = testFile({ name: "provider-records.cbor", mediaType: "application/octet-stream" });
const attested = attestationOver({ bundle, records }, provider);

function held(file: TestFile, kind: Held["kind"] = "file"): Held {
  const { id, name, mediaType } = file;
  return { id, kind, name, mediaType, sha256: measuresOf(file.bytes).sha256 };
}

const evidence = [held(bundle, "message-bundle"), held(records)];

function trusted(
  change: (verdict: Attestation["verdict"]) => Partial<Attestation["verdict"]> = () => ({}),
): Reading {
  const { verdict } = attested;
  return {
    kind: "trusted",
    keyIds: [],
    attestation: { ...attested, verdict: { ...verdict, ...change(verdict) } },
  };
}

const outcome = (reading: Reading, about: readonly Held[] = evidence) => {
  const [judgement] = judge([reading], about);
  assert.ok(judgement !== undefined);
  const { state, code, bundleId, claim } = judgement;
  return [state, code, bundleId, claim?.verified ?? null, claim?.fullConversation ?? null];
};

test("a pinned provider's word about the very bytes that came is proof of origin", () => {
  assert.deepEqual(outcome(trusted()), ["proven", null, bundle.id, true, false]);
});

test("only a conversation that is shown whole, every message proven, counts as whole", () => {
  const whole = { fullConversation: true, withheld: [] };
  assert.deepEqual(outcome(trusted(() => whole)), ["proven", null, bundle.id, true, true]);
  assert.equal(outcome(trusted(() => ({ fullConversation: true })))[4], false, "something was withheld");
  const unproven = trusted(({ items }) => ({
    ...whole,
    items: items.map((item) => (item.selected ? item : { ...item, verdict: "UNVERIFIED" as const })),
  }));
  assert.deepEqual(outcome(unproven), ["proven", null, bundle.id, true, false]);
});

test("bytes that the word is not about speak against the bundle that came with it", () => {
  const otherBundle = held(testFile({ name: "report-bundle.cbor" }), "message-bundle");
  const otherRecords = held(testFile({ name: "provider-records.cbor", mediaType: "application/cbor" }));
  assert.deepEqual(outcome(trusted(), [otherBundle, held(records)]), [
    "contradicted",
    "bundle-differs",
    otherBundle.id,
    false,
    false,
  ]);
  assert.deepEqual(outcome(trusted(), [held(bundle, "message-bundle"), otherRecords]), [
    "contradicted",
    "records-differ",
    bundle.id,
    false,
    false,
  ]);
});

test("what is missing proves nothing and contradicts nothing", () => {
  const [own] = evidence as [Held];
  assert.deepEqual(outcome(trusted(), [held(records)]), ["incomplete", "bundle-missing", null, null, null]);
  assert.deepEqual(outcome(trusted(), [own]), ["incomplete", "records-missing", bundle.id, null, null]);
  const strangers = [1, 2].map(() => held(testFile(), "message-bundle"));
  assert.deepEqual(outcome(trusted(), [...strangers, held(records)]), [
    "incomplete",
    "bundle-missing",
    null,
    null,
    null,
  ]);
});

test("an attestation of another bundle that is not here does not speak against one that is attested", () => {
  const elsewhere: Reading = {
    kind: "trusted",
    keyIds: [],
    attestation: { ...attested, subject: { ...attested.subject, bundleSha256: "e".repeat(64) } },
  };
  const judged = judge([elsewhere, trusted()], evidence);
  assert.deepEqual(
    judged.map(({ state, code }) => [state, code]),
    [
      ["incomplete", "bundle-missing"],
      ["proven", null],
    ],
  );
});

test("a verifier that found something wrong speaks against it; one that could not check leaves it open", () => {
  const failing = (result: "failed" | "not-checked", selected: boolean) =>
    trusted(({ items }) => ({
      verdict: "UNVERIFIED",
      items: items.map((item) =>
        item.selected === selected
          ? {
              ...item,
              verdict: "UNVERIFIED" as const,
              steps: [{ step: "V5" as const, result, code: "x.y", detail: "" }],
            }
          : item,
      ),
    }));
  assert.deepEqual(outcome(failing("failed", true)), [
    "contradicted",
    "verification-failed",
    bundle.id,
    false,
    false,
  ]);
  assert.deepEqual(outcome(failing("not-checked", true)), [
    "not-proven",
    "not-verified",
    bundle.id,
    null,
    null,
  ]);
  assert.equal(
    outcome(failing("failed", false))[0],
    "not-proven",
    "only context around what was picked failed",
  );
  const bundleLevel = trusted(() => ({
    verdict: "UNVERIFIED",
    steps: [{ step: "V2", result: "failed", code: "reporter.signature", detail: "" }],
  }));
  assert.equal(outcome(bundleLevel)[0], "contradicted");
  // V14 is the sum of the others and fails with any of them.
  const sum = trusted(() => ({
    verdict: "UNVERIFIED",
    steps: [{ step: "V14", result: "failed", code: "verdict.unverified", detail: "" }],
  }));
  assert.equal(outcome(sum)[0], "not-proven");
});

test("without the sending device's signature nothing is stated: others could have put the words into its mouth", () => {
  assert.deepEqual(outcome(trusted(() => ({ verdict: "VERIFIED_NO_SUBMIT_SIG" }))), [
    "not-proven",
    "no-device-signature",
    bundle.id,
    null,
    null,
  ]);
});

test("a broken seal under a pinned key speaks against the one bundle it can be about, a stranger's word against nothing", () => {
  const broken: Reading = { kind: "broken-seal", keyIds: [] };
  assert.deepEqual(outcome(broken), ["contradicted", "signature", bundle.id, false, false]);
  assert.deepEqual(outcome(broken, [held(records)]), ["contradicted", "signature", null, null, null]);
  const beside = judge([broken, trusted()], evidence);
  assert.deepEqual(
    beside.map(({ claim }) => claim?.verified ?? null),
    [null, true],
  );
  assert.deepEqual(outcome({ kind: "unknown", code: "key-not-pinned", keyIds: [] }), [
    "unknown-provider",
    "key-not-pinned",
    null,
    null,
    null,
  ]);
  assert.deepEqual(outcome({ kind: "unreadable", code: "malformed", keyIds: [] }), [
    "unreadable",
    "malformed",
    null,
    null,
    null,
  ]);
});
