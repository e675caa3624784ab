import {
  checkServerFrank,
  decodeBundle,
  decodeSignedBundle,
  openAsVerifier,
  type ProviderRecords,
  type ReportBundle,
} from "@fairlead/franking";
import { type BundleVerdict, verifyBundle } from "@fairlead/franking/verify";
import { portionsOf } from "../files/portions.ts";
import type { TestHubState, TestReport } from "./hub-state.ts";
import type { TestWorld } from "./people.ts";

/** What a test needs of a report that came to the hub: its content, and what the verifier makes of it. */
export interface VerifiedReport {
  readonly bundle: ReportBundle;
  readonly signed: Uint8Array;
  readonly verdict: BundleVerdict;
  /** Files that the verifier opened, by root in hex. */
  readonly opened: ReadonlyMap<string, Uint8Array>;
}

/** Opens a report with the verifier's key and verifies it against the hub's records. */
export async function verifyReport(world: TestWorld, reportId: string): Promise<VerifiedReport> {
  const { state } = world.hub;
  const report = state.reports.find((one) => one.reportId === reportId);
  if (report === undefined) throw new Error("no such report came to the hub");
  const aad = new TextEncoder().encode(reportId);
  const signed = await openAsVerifier(world.verifierPrivateKey, report.sealed, aad);
  return { signed, ...(await verifySigned(state, signed, { reportId, now: world.clock.now(), report })) };
}

/** The same for a report that was not sent. */
export async function verifySigned(
  state: TestHubState,
  signed: Uint8Array,
  { reportId, now, report }: { reportId: string; now: number; report?: TestReport },
): Promise<Omit<VerifiedReport, "signed">> {
  const bundle = decodeBundle(decodeSignedBundle(signed).bundle);
  const opened = new Map<string, Uint8Array>();
  const verdict = await verifyBundle({
    reportId,
    signed: decodeSignedBundle(signed),
    records: recordsFor(state, bundle),
    trust: {
      frankingKeys: [{ suite: 1, publicKey: state.hubPublicKey, notBefore: 0n, notAfter: null }],
      timestampRoots: [],
    },
    crypto: state.crypto,
    checkFrank: (question) => checkServerFrank(state.crypto, state.keys, question),
    fetchCiphertext: ({ url }) => {
      const id = url.slice(url.lastIndexOf("/") + 1);
      const blob = report?.holds.includes(id) === true ? state.blobs.get(id) : undefined;
      return blob === undefined ? null : portionsOf(blob);
    },
    onAttachment: async ({ root }, plaintext) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of plaintext) pieces.push(piece);
      opened.set(Buffer.from(root).toString("hex"), Buffer.concat(pieces));
    },
    now,
  });
  return { bundle, verdict, opened };
}

/** What the hub holds about the messages that a report shows. */
function recordsFor(state: TestHubState, bundle: ReportBundle): ProviderRecords {
  const room = [...state.rooms.values()].find(({ uri }) => uri === bundle.roomUri);
  if (room === undefined) throw new Error("the hub has no such room");
  const seqs = new Set(bundle.items.map(({ ext }) => ext.roomSeq));
  return {
    version: 1,
    hub: state.domain,
    roomUri: room.uri,
    items: room.messages
      .filter(({ record }) => seqs.has(record.roomSeq))
      .map(({ record, context, contextBlind, submit }) => ({
        record,
        context,
        contextBlind,
        submit,
        inclusion: null,
      })),
    frankingKeys: [{ suite: 1, publicKey: state.hubPublicKey, notBefore: 0n, notAfter: null }],
    devices: [...state.devices.values()].map(({ handle, id, publicKey, validFrom, revokedAt }) => ({
      uri: state.accounts.get(handle)?.uri ?? "",
      deviceId: id,
      publicKey,
      validFrom: BigInt(validFrom),
      revokedAt: revokedAt === null ? null : BigInt(revokedAt),
    })),
    rosters: room.rosters.map(({ epoch, since, members }) => ({
      epoch: BigInt(epoch),
      since: BigInt(since),
      members: members.map(({ uri, deviceId }) => ({ uri, deviceId })),
    })),
    gatheredAt: BigInt(state.clock.now()),
  };
}
