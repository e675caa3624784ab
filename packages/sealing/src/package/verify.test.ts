import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sealStream } from "../age/seal.ts";
import { measureSealed } from "./measure.ts";
import { digestOf } from "../bytes/digest.ts";
import { makePackage, station, type TestStation } from "../testing/packages.ts";
import { collect, inPortions, patternedBytes, withFlippedByte } from "../testing/streams.ts";
import { type Custody, signCustody } from "./custody.ts";
import { type PackageVerdict, type Verdict, verifyPackage, type VerifyOptions } from "./verify.ts";

const [hotline, agency, force, stranger] = [
  station("hotline"),
  station("agency"),
  station("force"),
  station("stranger"),
];
const contents = {
  reports: [{ id: "r-1", plaintext: Buffer.from('{"shape":"circle"}') }],
  evidence: [{ id: "e-1", reportId: "r-1", plaintext: patternedBytes(700) }],
};
const peers = [hotline.peer, agency.peer];

function verdicts(verdict: PackageVerdict): string {
  const letters: Record<Verdict, string> = { pass: "P", fail: "F", unknown: "?" };
  return verdict.checks.map((check) => letters[check.verdict]).join("");
}

function verify(bytes: Uint8Array, options: VerifyOptions = { peers }): Promise<PackageVerdict> {
  return verifyPackage(inPortions(bytes), options);
}

describe("verifying offline", () => {
  test("a genuine package passes, and says who sealed what for whom", async () => {
    const made = await makePackage(agency, force, contents);
    const verdict = await verify(made.bytes, { peers, receiver: force.receiver });
    assert.deepEqual(
      verdict.checks.map(({ name }) => name),
      ["envelope", "manifest", "signature", "addressee", "parts", "ending", "custody"],
    );
    assert.equal(verdicts(verdict), "PPPPPP?");
    assert.equal(verdict.trusted, true);
    assert.deepEqual(verdict.manifest, made.manifest);
    assert.match(
      verdict.checks[1]?.detail ?? "",
      /from "agency" for "force": 1 report\(s\), 1 piece\(s\) of evidence/,
    );
  });

  test("without the sender's key nothing is trusted, but the rest is checked and shown", async () => {
    const made = await makePackage(agency, force, contents);
    const verdict = await verify(made.bytes, { peers: [hotline.peer] });
    assert.equal(verdicts(verdict), "PP??PP?");
    assert.equal(verdict.trusted, false);
  });

  test("each kind of damage fails its own check and no other", async () => {
    const made = await makePackage(agency, force, contents);
    const asked = { peers, receiver: force.receiver };
    const damaged = (at: number): Promise<PackageVerdict> => verify(withFlippedByte(made.bytes, at), asked);
    assert.equal(verdicts(await damaged(3)), "F??????");
    assert.equal(verdicts(await damaged(made.bytes.length - 1)), "PPPPPF?");
    const evidenceAt = Buffer.from(made.bytes).lastIndexOf("age-encryption.org") + 300;
    assert.equal(verdicts(await damaged(evidenceAt)), "PPPPF??");
    assert.equal(verdicts(await verify(made.bytes, { ...asked, receiver: stranger.receiver })), "PPPFPP?");
    assert.equal(verdicts(await verify(made.bytes, { ...asked, limits: { parts: 1 } })), "PF?????");
    const posing = await makePackage(stranger, force, contents, (manifest) => ({
      ...manifest,
      from: { ...manifest.from, station: "agency" },
    }));
    const verdict = await verify(posing.bytes, asked);
    assert.equal(verdicts(verdict), "PPFPPP?");
    assert.equal(verdict.trusted, false);
  });

  test("bytes that are no package at all are a verdict, not an exception", async () => {
    for (const bytes of [new Uint8Array(0), patternedBytes(5000), Buffer.alloc(2048)]) {
      const verdict = await verify(bytes);
      assert.equal(verdicts(verdict), "F??????");
      assert.equal(verdict.trusted, false);
    }
  });

  test("a failing disk is an exception, not a verdict", async () => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(100);
      throw new Error("the disk is gone");
    }
    await assert.rejects(verifyPackage(breaking(), { peers }), { message: "the disk is gone" });
  });
});

describe("custody", () => {
  const sealed = collect(sealStream(inPortions(patternedBytes(700)), [agency.recipient]));

  async function custody(change: Partial<Custody> = {}, by: TestStation = hotline): Promise<Custody> {
    const { sha256, size } = await digestOf(inPortions(Buffer.from('{"shape":"circle"}')));
    const { payloadSha256 } = await measureSealed(inPortions(await sealed));
    return {
      version: 1,
      from: by.speaker,
      to: { station: "agency", name: "The agency" },
      at: "2026-11-01T08:00:00Z",
      packageId: "p-1",
      report: { reportId: "their-7", plaintext: { sha256, size } },
      evidence: [
        { evidenceId: "e-1", payloadSha256, plaintext: await digestOf(inPortions(patternedBytes(700))) },
      ],
      ...change,
    };
  }

  async function verdictOn(
    statement: Custody,
    by: TestStation = hotline,
    named = by.id,
  ): Promise<PackageVerdict> {
    const envelope = await signCustody(statement, by.signing);
    const made = await makePackage(agency, force, {
      ...contents,
      custody: [{ station: named, statement: envelope }],
    });
    return verify(made.bytes, { peers, receiver: force.receiver });
  }

  test("an earlier station's statement about the same bytes passes, hop or no hop between", async () => {
    const verdict = await verdictOn(await custody());
    assert.equal(verdicts(verdict), "PPPPPPP");
    assert.equal(verdict.custody[0]?.statement?.report.reportId, "their-7");
    // The evidence was sealed anew for this test's package, and that is said.
    assert.match(verdict.custody[0]?.detail ?? "", /sealed anew since: e-1/);
  });

  test("a statement that contradicts the package, or does not belong to it, fails", async () => {
    const body = await custody();
    const longer = await digestOf(inPortions(patternedBytes(701)));
    const other = await digestOf(inPortions(patternedBytes(700, 2)));
    const wrong: readonly Partial<Custody>[] = [
      { evidence: body.evidence.map((each) => ({ ...each, plaintext: other })) },
      {
        evidence: body.evidence.map((each) => ({
          ...each,
          plaintext: { ...each.plaintext, size: longer.size },
        })),
      },
      { at: "2026-12-01T08:00:00Z" },
      { evidence: [], report: { reportId: "x", plaintext: { sha256: "0".repeat(64), size: 1 } } },
    ];
    for (const change of wrong) {
      const verdict = await verdictOn({ ...body, ...change });
      assert.equal(verdicts(verdict), "PPPPPPF", JSON.stringify(change));
      assert.equal(verdict.trusted, false);
    }
  });

  test("a statement under another station's name fails", async () => {
    assert.equal(verdicts(await verdictOn(await custody(), hotline, "agency")), "PPPPPPF");
    const posing = { ...(await custody()), from: { ...stranger.speaker, station: "hotline" } };
    assert.equal(verdicts(await verdictOn(posing, stranger, "hotline")), "PPPPPPF");
  });

  test("a statement by a station without a pinned key stands unknown beside the rest", async () => {
    const verdict = await verdictOn(await custody({}, stranger), stranger);
    assert.equal(verdicts(verdict), "PPPPPP?");
    assert.equal(verdict.trusted, true);
  });

  test("a station signs custody only in its own name", async () => {
    await assert.rejects(signCustody(await custody(), agency.signing), { code: "statement-invalid" });
  });
});
