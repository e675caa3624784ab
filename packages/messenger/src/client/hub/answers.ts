import type { Frank, FrankExt, SignedHead } from "@fairlead/franking";
import { MessengerError } from "../error.ts";
import type {
  About,
  Accepted,
  AccountView,
  HubEvent,
  Inbox,
  Member,
  MeView,
  SafetyView,
  SignIn,
} from "./api.ts";
import type { Fields } from "./fields.ts";

/** The hub's answers as the messenger has them. All throw MessengerError `hub.broken`. */

export function readAbout(from: Fields): About {
  return {
    domain: from.text("domain"),
    name: from.text("name"),
    serverTime: from.whole("serverTime"),
    frankingKeys: from.list("frankingKeys", (key) => ({
      suite: key.whole("suite"),
      publicKey: key.bytes("publicKey"),
      notBefore: BigInt(key.whole("notBefore")),
      notAfter: bigOrNull(key.wholeOrNull("notAfter")),
    })),
    verifierKey: from.object("verifier").bytes("publicKey"),
    limits: from.numbers("limits"),
    retentionDays: from.object("retentionDays").whole("ciphertext"),
    help: from.list("help", (one) => ({
      name: one.text("name"),
      about: one.text("about"),
      url: one.textOrNull("url"),
      telephone: one.textOrNull("telephone"),
    })),
  };
}

export function readSignIn(from: Fields): SignIn {
  return { uri: from.text("uri"), token: from.text("token"), young: from.flag("young") };
}

export function readMe(from: Fields): MeView {
  return {
    name: from.text("name"),
    young: from.flag("young"),
    devices: from.list("devices", (device) => ({
      ...readKey(device),
      name: device.text("name"),
      keyPackages: device.whole("keyPackages"),
    })),
    rooms: from.list("rooms", (room) => ({
      roomId: room.text("roomId"),
      epoch: room.whole("epoch"),
      seq: room.whole("seq"),
      members: room.list("members", readMember),
    })),
    blocks: from.texts("blocks"),
  };
}

export function readAccount(from: Fields): AccountView {
  return {
    uri: from.text("uri"),
    name: from.text("name"),
    young: from.flagOrNull("young"),
    askFirst: from.flag("askFirst"),
    devices: from.list("devices", readKey),
  };
}

export function readAccepted(from: Fields): Accepted {
  return {
    acceptedAt: from.whole("acceptedAt"),
    frank: readFrank(from.object("frank")),
    ext: readExt(from.object("ext")),
    head: readHead(from.object("head")),
  };
}

export function readInbox(from: Fields, domain: string): Inbox {
  return {
    events: from.list("events", (event) => readEvent(event, domain)).filter((event) => event !== null),
    heads: from.list("heads", readHead),
    cursor: from.text("cursor"),
    more: from.flag("more"),
  };
}

export function readSafety(from: Fields): SafetyView {
  return {
    actions: from.list("actions", readAction).filter((one) => one !== null),
    requestsADay: from.whole("requestsADay"),
    appeal: from.objectOrNull("appeal", (one) => ({
      madeAt: one.whole("madeAt"),
      decidedAt: one.wholeOrNull("decidedAt"),
    })),
    notices: from.list("notices", (one) => ({
      uri: one.text("uri"),
      name: one.text("name"),
      at: one.whole("at"),
    })),
  };
}

function readAction(from: Fields): SafetyView["actions"][number] | null {
  const action = from.text("action");
  if (action !== "friction" && action !== "notice" && action !== "hide") return null;
  return { action, since: from.whole("since"), until: from.whole("until") };
}

export function roomUriOf(domain: string, roomId: string): string {
  return `mimi://${domain}/r/${roomId}`;
}

/** null for a kind that this version does not know: a newer hub must not stop an older messenger. */
function readEvent(from: Fields, domain: string): HubEvent | null {
  const cursor = from.text("cursor");
  const kind = from.text("kind");
  switch (kind) {
    case "message":
      return readMessage(from, domain);
    case "commit":
      return {
        cursor,
        kind,
        ...readStep(from),
        commit: from.bytesOrNull("commit"),
      };
    case "welcome":
      return { cursor, kind, ...readStep(from), welcome: from.bytesOrNull("welcome") };
    case "leave":
      return {
        cursor,
        kind,
        roomId: from.text("roomId"),
        member: readMember(from.object("member")),
        why: from.text("why") === "revoked" ? "revoked" : "asked",
        at: from.whole("at"),
      };
    case "report":
      return {
        cursor,
        kind,
        reportId: from.text("reportId"),
        state: from.text("state"),
        at: from.whole("at"),
      };
    case "notice":
      return {
        cursor,
        kind,
        code: from.text("code"),
        uri: from.textOrNull("uri"),
        deviceId: from.bytesOrNull("deviceId"),
        at: from.whole("at"),
      };
    default:
      return null;
  }
}

function readMessage(from: Fields, domain: string): HubEvent & { kind: "message" } {
  const roomId = from.text("roomId");
  return {
    cursor: from.text("cursor"),
    kind: "message",
    roomId,
    epoch: from.whole("epoch"),
    delivered: {
      message: from.bytesOrNull("message") ?? new Uint8Array(0),
      frank: readFrank(from.object("frank")),
      ext: readExt(from.object("ext")),
      context: {
        senderUri: from.text("senderUri"),
        roomUri: roomUriOf(domain, roomId),
        acceptedAt: BigInt(from.whole("acceptedAt")),
      },
      deviceId: from.bytes("deviceId"),
    },
  };
}

function readStep(from: Fields) {
  return {
    roomId: from.text("roomId"),
    epoch: from.whole("epoch"),
    by: readMember(from.object("by")),
    firstSeq: from.whole("firstSeq"),
    at: from.whole("at"),
  };
}

function readMember(from: Fields): Member {
  return { uri: from.text("uri"), deviceId: from.bytes("deviceId") };
}

function readKey(from: Fields) {
  return {
    id: from.bytes("id"),
    publicKey: from.bytes("publicKey"),
    validFrom: from.whole("validFrom"),
    revokedAt: from.wholeOrNull("revokedAt"),
  };
}

function readFrank(from: Fields): Frank {
  return {
    serverFrank: from.bytes("serverFrank"),
    suite: from.whole("suite"),
    signature: from.bytes("signature"),
  };
}

function readExt(from: Fields): FrankExt {
  if (from.whole("version") !== 1)
    throw new MessengerError(
      "hub.broken",
      "The hub marks messages in a version that this messenger does not know.",
    );
  return {
    version: 1,
    roomSeq: BigInt(from.whole("roomSeq")),
    prevHead: from.bytes("prevHead"),
    recHash: from.bytes("recHash"),
    hubKid: from.whole("hubKid"),
  };
}

function readHead(from: Fields): SignedHead {
  return {
    roomUri: from.text("roomUri"),
    roomSeq: BigInt(from.whole("roomSeq")),
    head: from.bytes("head"),
    at: BigInt(from.whole("at")),
    signature: from.bytes("signature"),
  };
}

function bigOrNull(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
