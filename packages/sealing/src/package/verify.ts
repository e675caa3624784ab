import { ByteReader } from "../bytes/byte-reader.ts";
import type { Envelope } from "../dsse/envelope.ts";
import { SealingError } from "../errors.ts";
import { type Peer, verifyByStation } from "../statement/by-station.ts";
import { expectEnd, readManifestEntry } from "./archive.ts";
import { checkCustody, type CustodyFinding } from "./custody.ts";
import { checkLimits, DEFAULT_LIMITS, type PackageLimits } from "./limits.ts";
import { type Manifest, manifestType, partsOf } from "./manifest.ts";
import { manifestIn } from "./write.ts";
import { checkAddressee, decodeManifestEnvelope, readPart, type Receiver } from "./read.ts";

/**
 * - `envelope`: the first entry is `manifest.json`, a signed envelope in its one form
 * - `manifest`: what was signed is a manifest, consistent in itself and within limits
 * - `signature`: the station it names signed it, with a key pinned here
 * - `addressee`: it was sealed for the station that asks
 * - `parts`: every part is there, in order, with the size and digests that were signed, sealed to one recipient
 * - `ending`: nothing else is in the file
 * - `custody`: earlier stations' statements agree with it
 */
export type CheckName = "envelope" | "manifest" | "signature" | "addressee" | "parts" | "ending" | "custody";

/** `unknown`: it could not be checked, for want of a key, of a question, or because an earlier check failed. */
export type Verdict = "pass" | "fail" | "unknown";

export interface Check {
  readonly name: CheckName;
  readonly verdict: Verdict;
  /** For a person: what was found. */
  readonly detail: string;
}

export interface PackageVerdict {
  /** All seven, always, in their order. */
  readonly checks: readonly Check[];
  /** True if nothing failed and envelope, manifest, signature, parts and ending passed. */
  readonly trusted: boolean;
  /** What the package says of itself; to be believed only if `trusted`. */
  readonly manifest?: Manifest;
  readonly manifestSha256?: string;
  readonly custody: readonly CustodyFinding[];
}

export interface VerifyOptions {
  readonly peers: readonly Peer[];
  /** Ask also whether it was sealed for this station. */
  readonly receiver?: Receiver;
  readonly limits?: Partial<PackageLimits> | undefined;
}

/** A package is what it says only if each of these passed; an addressee is asked for, custody is a bonus. */
const NEEDED: ReadonlySet<CheckName> = new Set(["envelope", "manifest", "signature", "parts", "ending"]);

/**
 * Checks a package without opening it: who sealed what for whom, and whether every byte is as it was signed. Needs no
 * network and no identity. Never throws for what is wrong with the package; an error of the source passes through.
 */
export async function verifyPackage(
  source: AsyncIterable<Uint8Array>,
  options: VerifyOptions,
): Promise<PackageVerdict> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const findings = new Findings();
  await using reader = new ByteReader(source);
  const first = await findings.step("envelope", async () => {
    const { bytes, sha256 } = await readManifestEntry(reader, limits.manifestBytes);
    return {
      value: { envelope: decodeManifestEnvelope(bytes), sha256 },
      detail: "manifest.json is a signed envelope",
    };
  });
  if (first === undefined) return findings.verdict([]);

  const manifest = await findings.step("manifest", () => {
    const body = manifestIn(first.envelope);
    checkLimits(body, limits);
    return { value: body, detail: summary(body) };
  });
  if (manifest === undefined) return findings.verdict([]);

  await checkSignature(findings, first.envelope, manifest, options.peers);
  const { receiver } = options;
  if (receiver === undefined) {
    findings.add(
      "addressee",
      "unknown",
      `sealed for "${manifest.to.station}"; nobody asked whether that is right`,
    );
  } else {
    await findings.step("addressee", () => {
      checkAddressee(manifest, receiver);
      return { value: true, detail: `sealed for "${receiver.station}"` };
    });
  }
  const parts = await findings.step("parts", async () => {
    const all = partsOf(manifest);
    for (const part of all) await readPart(reader, part, { part: (_, bytes) => drain(bytes) });
    return { value: true, detail: `${all.length} parts are as they were signed` };
  });
  if (parts !== undefined) {
    await findings.step("ending", async () => {
      await expectEnd(reader);
      return { value: true, detail: "nothing else is in the file" };
    });
  }
  const custody = checkCustody(manifest, options.peers);
  findings.addCustody(custody);
  return { ...findings.verdict(custody), manifest, manifestSha256: first.sha256 };
}

async function checkSignature(
  findings: Findings,
  envelope: Envelope,
  manifest: Manifest,
  peers: readonly Peer[],
): Promise<void> {
  const { station } = manifest.from;
  if (!peers.some((peer) => peer.station === station && peer.keys.length > 0)) {
    findings.add("signature", "unknown", `it says it is from "${station}", of which no key is pinned here`);
    return;
  }
  await findings.step("signature", () => {
    const { signer } = verifyByStation(envelope, peers, manifestType, (body) => body.from);
    return { value: true, detail: `signed by "${station}" with key ${signer}` };
  });
}

function summary({ packageId, from, to, reports, evidence, createdAt }: Manifest): string {
  return (
    `package ${packageId} of ${createdAt}, from "${from.station}" for "${to.station}": ` +
    `${reports.length} report(s), ${evidence.length} piece(s) of evidence`
  );
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

const ORDER: readonly CheckName[] = [
  "envelope",
  "manifest",
  "signature",
  "addressee",
  "parts",
  "ending",
  "custody",
];

class Findings {
  readonly #checks = new Map<CheckName, Check>();

  add(name: CheckName, verdict: Verdict, detail: string): void {
    this.#checks.set(name, { name, verdict, detail });
  }

  /** Runs one check; undefined if it failed. */
  async step<T>(
    name: CheckName,
    run: () => { value: T; detail: string } | Promise<{ value: T; detail: string }>,
  ): Promise<T | undefined> {
    try {
      const { value, detail } = await run();
      this.add(name, "pass", detail);
      return value;
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      this.add(name, "fail", error.message);
      return undefined;
    }
  }

  addCustody(custody: readonly CustodyFinding[]): void {
    if (custody.length === 0) {
      this.add("custody", "unknown", "no earlier station's statement came with it");
      return;
    }
    const worst = (["fail", "unknown"] as const).find((verdict) =>
      custody.some((each) => each.verdict === verdict),
    );
    this.add(
      "custody",
      worst ?? "pass",
      custody.map((each) => `"${each.station}": ${each.detail}`).join("; "),
    );
  }

  verdict(custody: readonly CustodyFinding[]): PackageVerdict {
    const checks = ORDER.map(
      (name) => this.#checks.get(name) ?? { name, verdict: "unknown" as const, detail: "not reached" },
    );
    const trusted = checks.every(
      ({ name, verdict }) => verdict === "pass" || (verdict === "unknown" && !NEEDED.has(name)),
    );
    return { checks, trusted, custody };
  }
}
