import type { BundleItem, ProviderItem, ProviderRecords, ReportBundle } from "../../src/bundle/types.ts";
import type { Content } from "./content.ts";
import { type Evidence, type Finding, finding } from "./input.ts";
import { derive, hmac, isSignedAs, sha256 } from "./primitives.ts";
import { concat, equal, u16, u64, varBytes, varText } from "./tls.ts";

/** One shown message with everything that is known of it. */
export interface Shown {
  readonly bundle: ReportBundle;
  readonly records: ProviderRecords;
  readonly evidence: Evidence;
  readonly item: BundleItem;
  readonly content: Content | null;
  /** The provider's own record of the place. */
  readonly held: ProviderItem | null;
}

/** e2ee.md 7.5, V3. Whether the bytes are a content at all was seen when they were read. */
export function checkContent({ content, item, bundle }: Shown): Finding {
  if (content === null) return finding("V3", ["content.invalid"]);
  return finding("V3", [
    content.senderUri !== item.senderUri && "content.other-sender",
    content.roomUri !== bundle.roomUri && "content.other-room",
  ]);
}

/** e2ee.md 2.2 and V4. */
export function checkTag({ content, item, held }: Shown): Finding {
  if (content === null) return finding("V4", ["content.invalid"]);
  if (held === null) return finding("V4", ["record.missing"]);
  return finding("V4", [!equal(hmac(content.salt, item.content), held.record.frankingTag) && "frank.tag"]);
}

/** ServerFrankingContext, e2ee.md 2.1. */
function contextOf({ item, bundle }: Shown): Uint8Array {
  return concat(varText(item.senderUri), varText(bundle.roomUri), u64(item.acceptedAt));
}

/** YYYYMM in UTC; null for a time whose year has not four digits. */
function monthOf(milliseconds: bigint): number | null {
  const moment = new Date(Number(milliseconds));
  const [, year, month] =
    /^(\d{4})-(\d\d)-/.exec(Number.isNaN(moment.getTime()) ? "" : moment.toISOString()) ?? [];
  return month === undefined ? null : Number(`${year}${month}`);
}

/** e2ee.md 2.2, 7.3 (which key) and V5. */
export function checkServerFrank(shown: Shown): Finding {
  const { content, item, evidence } = shown;
  if (content === null) return finding("V5", ["content.invalid"]);
  const isOtherMonth = monthOf(item.acceptedAt) !== item.ext.hubKid && "frank.key-month";
  if (evidence.frank === null) return finding("V5", [isOtherMonth], ["frank.not-asked"]);
  if ("attested" in evidence.frank) {
    const isAttested = evidence.frank.attested.has(String(item.ext.roomSeq));
    return finding("V5", [isOtherMonth], [!isAttested && "frank.not-asked"]);
  }
  const key = derive(evidence.frank.master, `csf1/hub_key/${item.ext.hubKid}`);
  const mark = hmac(key, concat(hmac(content.salt, item.content), contextOf(shown)));
  return finding("V5", [isOtherMonth, !equal(mark, item.frank.serverFrank) && "frank.not-ours"]);
}

/** MLS's first cipher suite, whose signatures are Ed25519, is the one in use. */
const SUITE = 1;

/** The provider's keys, as pinned, that may have signed at this moment. */
export function keysAt({ trust }: Evidence, at: bigint): readonly Uint8Array[] {
  return trust.frankingKeys
    .filter(
      ({ suite, notBefore, notAfter }) =>
        suite === SUITE && at >= notBefore && (notAfter === null || at <= notAfter),
    )
    .map(({ publicKey }) => publicKey);
}

/** e2ee.md 2.1 (FrankingIntegrityTBS), 2.2 and V6. */
export function checkIntegrity(shown: Shown): Finding {
  const { frank, acceptedAt } = shown.item;
  const { evidence } = shown;
  const signed = concat(frank.serverFrank, u16(frank.suite), contextOf(shown));
  const keys = keysAt(evidence, acceptedAt);
  const isKnown = frank.suite === SUITE && evidence.trust.frankingKeys.some(({ suite }) => suite === SUITE);
  const isRight = keys.some((key) => isSignedAs("FrankingIntegrityTBS", key, signed, frank.signature));
  return finding("V6", [
    !isKnown && "frank.suite",
    keys.length === 0 && "frank.no-key",
    !isRight && "frank.signature",
  ]);
}

/** FrankRecord, e2ee.md 7.2. */
function recordHash({ record }: ProviderItem): Uint8Array {
  const { roomSeq, frankingTag, serverFrank, ctxCommit, ctHash, submitSigHash, epoch } = record;
  return sha256(concat(u64(roomSeq), frankingTag, serverFrank, ctxCommit, ctHash, submitSigHash, u64(epoch)));
}

/** e2ee.md V7, for the message itself. */
export function checkRecord(shown: Shown): Finding {
  const { item, held } = shown;
  if (held === null) return finding("V7", ["record.missing"]);
  const { record, context, contextBlind, submit } = held;
  const said = contextOf(shown);
  const recorded = concat(varText(context.senderUri), varText(context.roomUri), u64(context.acceptedAt));
  return finding("V7", [
    (!equal(record.serverFrank, item.frank.serverFrank) || record.epoch !== item.epoch) && "record.differs",
    (!equal(said, recorded) || !equal(sha256(concat(said, contextBlind)), record.ctxCommit)) &&
      "record.context",
    submit !== null && !equal(sha256(submit.signature), record.submitSigHash) && "submit.differs",
    !equal(recordHash(held), item.ext.recHash) && "record.hash",
  ]);
}

/** SubmitTBS, e2ee.md 7.2, and V9. */
export function checkSubmission({ item, bundle, records, content, held }: Shown): Finding {
  if (held === null) return finding("V9", ["record.missing"]);
  if (held.submit === null) return finding("V9", [], ["submit.none"]);
  const { tbs, signature } = held.submit;
  const isSame =
    content !== null &&
    equal(tbs.frankingTag, hmac(content.salt, item.content)) &&
    tbs.roomUri === bundle.roomUri &&
    tbs.senderUri === item.senderUri &&
    equal(tbs.deviceId, item.deviceId) &&
    tbs.epoch === item.epoch &&
    equal(tbs.ctHash, held.record.ctHash);
  const signed = concat(
    concat(varText(tbs.roomUri), varText(tbs.senderUri), varBytes(tbs.deviceId), u64(tbs.epoch)),
    concat(tbs.frankingTag, tbs.ctHash, u64(tbs.clientTime), tbs.nonce),
  );
  const entries = entriesOf(records, item.senderUri, item.deviceId);
  const valid = entries.filter((entry) => isValidAt(entry, item.acceptedAt));
  const isRight = valid.some(({ publicKey }) => isSignedAs("CSFSubmit", publicKey, signed, signature));
  return finding("V9", [
    !isSame && "submit.differs",
    entries.length === 0 && "submit.device-unknown",
    valid.length === 0 && "submit.device-not-valid",
    !isRight && "submit.signature",
  ]);
}

type Entry = ProviderRecords["devices"][number];

export function entriesOf({ devices }: ProviderRecords, uri: string, deviceId: Uint8Array): readonly Entry[] {
  return devices.filter((entry) => entry.uri === uri && equal(entry.deviceId, deviceId));
}

export function isValidAt({ validFrom, revokedAt }: Entry, at: bigint): boolean {
  return at >= validFrom && (revokedAt === null || at < revokedAt);
}

/** e2ee.md 4.3 (b), R5 and V10. */
export function checkMembers({ item, bundle, records }: Shown): Finding {
  const roster = records.rosters.find(({ epoch }) => epoch === item.epoch);
  if (roster === undefined) return finding("V10", ["roster.missing"]);
  const hasSender = roster.members.some(
    ({ uri, deviceId }) => uri === item.senderUri && equal(deviceId, item.deviceId),
  );
  const hasReporter = roster.members.some(({ uri }) => uri === bundle.reporter.uri);
  return finding("V10", [!hasSender && "roster.sender", !hasReporter && "roster.reporter"]);
}
