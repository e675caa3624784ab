import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { z } from "zod";
import { canonicalJson, parseCanonicalJson } from "../bytes/canonical-json.ts";
import { generateSigningKey } from "../dsse/keys.ts";
import { signEnvelope } from "../dsse/sign.ts";
import { speakerSchema, verifyByStation } from "./by-station.ts";
import { payloadTypeOf, signStatement, type StatementType, verifyStatement } from "./statement.ts";

const schema = z.strictObject({
  speaker: speakerSchema,
  kind: z.enum(["arrest", "no-action"]),
  note: z.string(),
});
type Outcome = z.infer<typeof schema>;
const outcomeType: StatementType<Outcome> = { name: "outcome", version: 1, schema };

const north = generateSigningKey();
const south = generateSigningKey();
const peers = [
  { station: "north", keys: [north.verifyingKey] },
  { station: "south", keys: [south.verifyingKey] },
];

function outcome(station: string, signingKeyId: string): Outcome {
  return { speaker: { station, name: "A force", signingKeyId }, kind: "arrest", note: "ü" };
}

describe("statements", () => {
  test("a statement of any words is read back by whoever trusts its key", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (note) => {
        const body = { ...outcome("north", north.keyId), note };
        const envelope = await signStatement(outcomeType, body, [north]);
        assert.deepEqual(verifyStatement(envelope, [north.verifyingKey], outcomeType), {
          body,
          signers: [north.keyId],
        });
      }),
      { numRuns: 40 },
    );
  });

  test("its payload type names kind and version, and another kind or version is not taken", async () => {
    const envelope = await signStatement(outcomeType, outcome("north", north.keyId), [north]);
    assert.equal(envelope.payloadType, "application/vnd.fairlead.outcome+json;version=1");
    const next = { ...outcomeType, version: 2 };
    assert.throws(() => verifyStatement(envelope, [north.verifyingKey], next), { code: "envelope-type" });
  });

  test("a body of the wrong shape is not signed, and if somebody else signed it, not read", async () => {
    const wrong = { ...outcome("north", north.keyId), kind: "rumour" } as unknown as Outcome;
    await assert.rejects(signStatement(outcomeType, wrong, [north]), {
      code: "statement-invalid",
      message: /kind/,
    });
    const signed = await signEnvelope(payloadTypeOf(outcomeType), canonicalJson(wrong), [north]);
    assert.throws(() => verifyStatement(signed, [north.verifyingKey], outcomeType), {
      code: "statement-invalid",
    });
  });

  test("a signed body that parsers could read in two ways is refused", async () => {
    const good = Buffer.from(canonicalJson(outcome("north", north.keyId))).toString();
    for (const body of [
      good.replace('"kind":"arrest"', '"kind":"no-action","kind":"arrest"'),
      `${good} `,
      good.replace("ü", "\\u00fc"),
      "not JSON",
    ]) {
      const envelope = await signEnvelope(payloadTypeOf(outcomeType), Buffer.from(body), [north]);
      assert.throws(() => verifyStatement(envelope, [north.verifyingKey], outcomeType), {
        code: "statement-invalid",
      });
    }
  });
});

describe("statements in a station's own name", () => {
  test("a station speaks for itself", async () => {
    const envelope = await signStatement(outcomeType, outcome("north", north.keyId), [north]);
    assert.equal(verifyByStation(envelope, peers, outcomeType, (body) => body.speaker).signer, north.keyId);
  });

  test("a known station cannot speak in another's name", async () => {
    for (const keyId of [north.keyId, south.keyId]) {
      const envelope = await signStatement(outcomeType, outcome("north", keyId), [south]);
      assert.throws(() => verifyByStation(envelope, peers, outcomeType, (body) => body.speaker), {
        code: "envelope-untrusted",
      });
    }
  });

  test("a station that changes keys may use either, but must name the one it uses", async () => {
    const next = generateSigningKey();
    const changing = [{ station: "north", keys: [north.verifyingKey, next.verifyingKey] }];
    const right = await signStatement(outcomeType, outcome("north", next.keyId), [next]);
    assert.equal(verifyByStation(right, changing, outcomeType, (body) => body.speaker).signer, next.keyId);
    const wrong = await signStatement(outcomeType, outcome("north", north.keyId), [next]);
    assert.throws(() => verifyByStation(wrong, changing, outcomeType, (body) => body.speaker), {
      code: "envelope-untrusted",
    });
  });

  test("a second signature, or one without its key id, is refused", async () => {
    const body = outcome("north", north.keyId);
    const two = await signStatement(outcomeType, body, [north, south]);
    const one = await signStatement(outcomeType, body, [north]);
    const nameless = { ...one, signatures: one.signatures.map(({ sig }) => ({ sig })) };
    for (const envelope of [two, nameless]) {
      assert.throws(() => verifyByStation(envelope, peers, outcomeType, ({ speaker }) => speaker), {
        code: "envelope-malformed",
      });
    }
  });
});

describe("canonical JSON", () => {
  test("members are sorted by UTF-16 code units and numbers written as ECMAScript writes them (RFC 8785)", () => {
    const value = {
      "\u20ac": 1e21,
      "\r": "\u000f",
      a: [1.0, -0, Number("333333333.33333329")],
      "\ud83d\ude00": null,
    };
    assert.equal(
      Buffer.from(canonicalJson(value)).toString(),
      '{"\\r":"\\u000f","a":[1,0,333333333.3333333],"\u20ac":1e+21,"\ud83d\ude00":null}',
    );
  });

  test("what was written canonically is read back, and nothing else is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const bytes = canonicalJson(value);
        assert.deepEqual(canonicalJson(parseCanonicalJson(bytes)?.value), bytes);
        assert.equal(parseCanonicalJson(Buffer.concat([bytes, Buffer.from(" ")])), null);
      }),
    );
    assert.equal(parseCanonicalJson(Buffer.from("\ufeff{}")), null);
    assert.equal(parseCanonicalJson(Uint8Array.of(0x22, 0x80, 0x22)), null);
  });
});
