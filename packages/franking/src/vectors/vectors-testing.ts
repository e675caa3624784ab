// The frozen vectors, made anew: the same words, keys and times, and randomness that is counted instead of drawn.

import { encodeCbor } from "../cbor/cbor.ts";
import { prepareMessage } from "../client/prepare.ts";
import { outerForm } from "../client/room-testing.ts";
import { signSubmit } from "../client/sign-submit.ts";
import { textPart } from "../content/text.ts";
import type { AttachmentCommitment, CborValue, NestedPart } from "../content/types.ts";
import { concatBytes, hexOf } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { answerFrankAudit } from "../hub/audit.ts";
import { type ChainLink, GENESIS, signHead } from "../hub/chain.ts";
import { frankMessage } from "../hub/frank.ts";
import { openHubKeys } from "../hub/keys.ts";
import { merklePath, merkleRoot } from "../merkle/tree.ts";
import {
  encodeContext,
  encodeFrank,
  encodeFrankExt,
  encodeFrankRecord,
  encodeIntegrityTbs,
} from "../wire/frank.ts";
import { signContent } from "../wire/sign-with-label.ts";
import { encodeSignedHead, encodeSignedHeadTbs, encodeSubmitTbs } from "../wire/signed.ts";

const master = filled(32, 0x42);
const signatureSeed = filled(32, 0x07);
const deviceSeed = filled(32, 0x0b);
const deviceId = filled(16, 0xd1);
const senderUri = "mimi://hub.example/u/robin";
const roomUri = "mimi://hub.example/r/AAAAAAAAAAAAAAAAAAAAAA";
const url = "https://hub.example/chat/blobs/clouds";

const commitment: AttachmentCommitment = {
  root: filled(32, 0xaa),
  size: 70_000n,
  chunk: 65_536,
  keyCommitment: filled(32, 0xcc),
};
const picture: NestedPart = {
  disposition: 6,
  language: "en",
  kind: "external",
  contentType: "image/png",
  url,
  expires: 0,
  size: 70_000n,
  encAlg: 1,
  key: filled(16, 1),
  nonce: filled(12, 2),
  aad: new Uint8Array(),
  hashAlg: 1,
  contentHash: filled(32, 3),
  description: "clouds",
  filename: "clouds.png",
};

/** Everything as hexadecimal text, numbers of 64 bits as decimal text. */
export async function makeVectors() {
  return {
    format: "fairlead-franking-vectors-1",
    keys: {
      hubMaster: hexOf(master),
      hubKeys: await hubKeyVectors(),
      signatureSeed: hexOf(signatureSeed),
      signaturePublicKey: hexOf(nodeCrypto.publicKeyOf(signatureSeed)),
      deviceSeed: hexOf(deviceSeed),
      devicePublicKey: hexOf(nodeCrypto.publicKeyOf(deviceSeed)),
    },
    ...(await roomVectors()),
    refusedContents: refusedContents(),
    merkle: await merkleVectors(),
  };
}

async function hubKeyVectors() {
  const keys = openHubKeys(nodeCrypto, master, signatureSeed);
  const months = [197_001, 202_604, 202_605, 202_612];
  return Promise.all(months.map(async (kid) => ({ kid, key: hexOf(await keys.hubKey(kid)) })));
}

/** A conversation of three messages that crosses the end of a month: a text, an answer to it with a picture, an edit of it. */
async function roomVectors() {
  const crypto = { ...nodeCrypto, random: counted() };
  const keys = openHubKeys(nodeCrypto, master, signatureSeed);
  const messages = [];
  const ids: Uint8Array[] = [];
  let last: ChainLink = GENESIS;
  const drafts = [
    { part: textPart("The kite is blue", "en") },
    { part: picture, inReplyTo: 0, attachments: new Map([[url, commitment]]) },
    { part: textPart("The kite is green", "en"), replaces: 0 },
  ];
  for (const [index, { part, inReplyTo, replaces, ...more }] of drafts.entries()) {
    const prepared = await prepareMessage(crypto, {
      senderUri,
      roomUri,
      part,
      causality: {
        seen: last.roomSeq === 0n ? null : last,
        deviceSeq: index + 1,
        previousOwn: ids.at(-1) ?? null,
      },
      inReplyTo: inReplyTo === undefined ? null : (ids[inReplyTo] ?? null),
      replaces: replaces === undefined ? null : (ids[replaces] ?? null),
      ...more,
    });
    ids.push(prepared.messageId);
    const acceptedAt = 1_777_593_599_999n + BigInt(index);
    const epoch = 5n;
    const message = outerForm(prepared.aad, epoch, filled(40, index));
    const submission = { roomUri, senderUri, deviceId, epoch, tag: prepared.tag, message };
    const { tbs, signature } = await signSubmit(crypto, deviceSeed, {
      ...submission,
      clientTime: acceptedAt - 7n,
    });
    const context = { senderUri, roomUri, acceptedAt };
    const franked = await frankMessage(crypto, keys, {
      tag: prepared.tag,
      context,
      ctHash: tbs.ctHash,
      submitSignature: signature,
      epoch,
      roomSeq: last.roomSeq + 1n,
      prevHead: last.head,
    });
    const { frank, record, recHash, head, ext, contextBlind } = franked;
    const audit = await answerFrankAudit(crypto, keys, { tag: prepared.tag, frank, context });
    messages.push({
      content: hexOf(prepared.content),
      messageId: hexOf(prepared.messageId),
      tag: hexOf(prepared.tag),
      authenticatedData: hexOf(prepared.aad),
      mlsMessage: hexOf(message),
      submitTbs: hexOf(encodeSubmitTbs(tbs)),
      submitSignContent: hexOf(signContent("CSFSubmit", encodeSubmitTbs(tbs))),
      submitSignature: hexOf(signature),
      acceptedAt: String(acceptedAt),
      hubKid: ext.hubKid,
      context: hexOf(encodeContext(context)),
      contextBlind: hexOf(contextBlind),
      serverFrank: hexOf(frank.serverFrank),
      integrityTbs: hexOf(encodeIntegrityTbs(frank, context)),
      frank: hexOf(encodeFrank(frank)),
      record: hexOf(encodeFrankRecord(record)),
      recHash: hexOf(recHash),
      ext: hexOf(encodeFrankExt(ext)),
      head: hexOf(head),
      auditSignature: hexOf(audit.signature),
    });
    last = { roomSeq: ext.roomSeq, head };
  }
  const head = await signHead(crypto, signatureSeed, { roomUri, ...last, at: 1_777_593_600_500n });
  return {
    room: { senderUri, roomUri, deviceId: hexOf(deviceId), epoch: "5" },
    messages,
    signedHead: { tbs: hexOf(encodeSignedHeadTbs(head)), bytes: hexOf(encodeSignedHead(head)) },
  };
}

/** Bytes that a strict reader refuses; a lax one would take each of them for a message. */
function refusedContents() {
  const extensions = new Map<string | number, CborValue>([
    [1, senderUri],
    [2, roomUri],
  ]);
  const part: readonly CborValue[] = [1, "", 1, "text/plain;charset=utf-8", filled(1, 0x78)];
  const fields: CborValue[] = [filled(16, 9), null, filled(0, 0), null, null, extensions, part];
  const good = encodeCbor(fields);
  const [first = 0] = good;
  const byNumber = (id: number, value: CborValue) => encodeCbor(fields.with(id, value));
  const refused: ReadonlyArray<readonly [string, string, Uint8Array]> = [
    [
      "content.not-canonical",
      "the array's length in two bytes",
      concatBytes(Uint8Array.of(0x98, first & 0x1f), good.slice(1)),
    ],
    ["content.malformed", "a byte after the end", concatBytes(good, Uint8Array.of(0))],
    ["content.malformed", "the last byte is missing", good.slice(0, -1)],
    [
      "content.malformed",
      "an indefinite array",
      concatBytes(Uint8Array.of(0x9f), good.slice(1), Uint8Array.of(0xff)),
    ],
    ["content.malformed", "a salt of 15 bytes", byNumber(0, filled(15, 9))],
    ["content.malformed", "a salt of 17 bytes", byNumber(0, filled(17, 9))],
    ["content.malformed", "replaces has 31 bytes", byNumber(1, filled(31, 9))],
    ["content.extension", "no room", byNumber(5, new Map([[1, senderUri]]))],
    [
      "content.extension",
      "a device's count that begins at 0",
      byNumber(5, new Map([...extensions, [-1002, 0]])),
    ],
    [
      "content.extension",
      "seen without a count",
      byNumber(5, new Map([...extensions, [-1001, [1, filled(32, 9)]]])),
    ],
    ["content.malformed", "one part in a multipart", byNumber(6, [1, "", 3, 0, [part]])],
  ];
  return refused.map(([code, why, bytes]) => ({ code, why, bytes: hexOf(bytes) }));
}

async function merkleVectors() {
  const entries = Array.from({ length: 7 }, (_, index) => filled(index, index));
  const roots = [];
  for (let size = 0; size <= entries.length; size += 1)
    roots.push(hexOf(await merkleRoot(nodeCrypto, entries.slice(0, size))));
  const paths = [];
  for (const index of entries.keys()) paths.push((await merklePath(nodeCrypto, entries, index)).map(hexOf));
  return { entries: entries.map(hexOf), roots, paths };
}

/** Instead of the system's randomness: SHA-256 of 0, 1, 2, … as one byte, cut to length. */
function counted(): (length: number) => Uint8Array {
  let next = 0;
  return (length) => {
    next += 1;
    return nodeCrypto.sha256(Uint8Array.of(next - 1)).slice(0, length);
  };
}

function filled(length: number, byte: number): Uint8Array {
  return new Uint8Array(length).fill(byte);
}
