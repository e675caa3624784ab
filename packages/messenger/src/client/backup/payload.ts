import {
  type CborValue,
  decodeCbor,
  decodeFrank,
  decodeFrankExt,
  decodeSignedHead,
  encodeCbor,
  encodeFrank,
  encodeFrankExt,
  encodeSignedHead,
  nextHead,
  type FrankingCrypto,
} from "@fairlead/franking";
import type { MessageRecord, RoomRecord } from "../store/records.ts";
import { at, type Place } from "./places.ts";

/** What a backup holds: what a person would miss, with all that a later report needs. No keys, no disappeared messages, no files. */
export interface BackupContents {
  readonly rooms: readonly BackupRoom[];
  readonly messages: readonly MessageRecord[];
  /** URIs of people whom the person knows, and of those they trust. */
  readonly known: readonly string[];
  readonly trusted: readonly string[];
}

export type BackupRoom = Pick<
  RoomRecord,
  "id" | "uri" | "kind" | "name" | "timerSeconds" | "invitedBy" | "readSeq" | "activeAt" | "signedHead"
> & {
  readonly firstSeq: number;
  readonly seq: number;
  readonly head: Uint8Array | null;
  readonly memberUris: readonly string[];
};

const limits = { bytes: 64 * 1024 * 1024, depth: 6 };
const VERSION = 1;

export function encodeContents({ rooms, messages, known, trusted }: BackupContents): Uint8Array {
  return encodeCbor([VERSION, rooms.map(roomValue), messages.map(messageValue), known, trusted], limits);
}

/** @throws FrankingError `wire.cbor-*` or `content.malformed` for what no messenger of this kind wrote */
export async function decodeContents(crypto: FrankingCrypto, bytes: Uint8Array): Promise<BackupContents> {
  const top = at(decodeCbor(bytes, limits));
  if (top.item(0).whole() !== VERSION) throw top.wrong("of a version that is not known here");
  const messages: MessageRecord[] = [];
  for (const place of top.item(2).items()) messages.push(await messageFrom(crypto, place));
  return {
    rooms: top.item(1).items().map(roomFrom),
    messages,
    known: top
      .item(3)
      .items()
      .map((one) => one.text()),
    trusted: top
      .item(4)
      .items()
      .map((one) => one.text()),
  };
}

function roomValue(room: BackupRoom): CborValue {
  return [
    room.id,
    room.uri,
    room.kind === "direct",
    room.name,
    room.timerSeconds,
    room.invitedBy,
    room.readSeq,
    room.activeAt,
    room.signedHead === null ? null : encodeSignedHead(room.signedHead),
    room.firstSeq,
    room.seq,
    room.head,
    room.memberUris,
  ];
}

function roomFrom(place: Place): BackupRoom {
  const head = place.item(8).orNull((one) => one.bytes());
  return {
    id: place.item(0).text(),
    uri: place.item(1).text(),
    kind: place.item(2).flag() ? "direct" : "group",
    name: place.item(3).orNull((one) => one.text()),
    timerSeconds: place.item(4).orNull((one) => one.whole()),
    invitedBy: place.item(5).orNull((one) => one.text()),
    readSeq: place.item(6).whole(),
    activeAt: place.item(7).whole(),
    signedHead: head === null ? null : decodeSignedHead(head),
    firstSeq: place.item(9).whole(),
    seq: place.item(10).whole(),
    head: place.item(11).orNull((one) => one.bytes()),
    memberUris: place
      .item(12)
      .items()
      .map((one) => one.text()),
  };
}

/** An opening that is not open stays away; the place in the chain comes along, so that a report can say what is withheld. */
function messageValue(message: MessageRecord): CborValue {
  const { opening } = message;
  const why = opening.state === "open" ? null : opening.why;
  return [
    message.roomId,
    message.seq,
    message.senderUri,
    message.deviceId,
    message.epoch,
    message.acceptedAt,
    encodeFrank(message.frank),
    encodeFrankExt(message.ext),
    opening.state === "open" ? opening.content : why,
    message.refused,
    message.messageId,
    message.about,
  ];
}

async function messageFrom(crypto: FrankingCrypto, place: Place): Promise<MessageRecord> {
  const ext = decodeFrankExt(place.item(7).bytes());
  return {
    kind: "message",
    roomId: place.item(0).text(),
    seq: place.item(1).whole(),
    senderUri: place.item(2).text(),
    deviceId: place.item(3).bytes(),
    epoch: place.item(4).whole(),
    acceptedAt: place.item(5).whole(),
    frank: decodeFrank(place.item(6).bytes()),
    ext,
    head: await nextHead(crypto, ext.prevHead, ext.recHash),
    opening: openingFrom(place.item(8)),
    refused: place.item(9).orNull((one) => one.text()),
    messageId: place.item(10).orNull((one) => one.text()),
    about: place.item(11).orNull((one) => one.text()),
    expiry: null,
    localId: null,
  };
}

function openingFrom(place: Place): MessageRecord["opening"] {
  const content = place.bytesOrNull();
  if (content !== null) return { state: "open", content };
  const why = place.text();
  return { state: "gone", why: why === "deleted" || why === "refused" ? why : "disappeared" };
}
