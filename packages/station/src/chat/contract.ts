import { z } from "zod";
import { bytes } from "./bytes.ts";

/**
 * What the hub says and hears over HTTP. Bytes are base64url without padding. Times are milliseconds since 1970, numbers of messages
 * and epochs are integers, cursors are opaque. A device signs in with `Authorization: Bearer TOKEN`; errors are problem+json (RFC 9457)
 * with a `code`. A room's id is its MLS group id; `mimi://DOMAIN/r/ROOMID` and `mimi://DOMAIN/u/HANDLE` are the URIs.
 */

export const LIMITS = {
  messageBytes: 64 * 1024,
  /** A commit, a welcome or a GroupInfo of a full room. */
  handshakeBytes: 1024 * 1024,
  members: 256,
  keyPackages: 100,
  /** A bundle has at most 8 MiB; sealing adds a few bytes. */
  reportBytes: 8 * 1024 * 1024 + 1024,
  backupBytes: 64 * 1024 * 1024,
  holds: 200,
  devices: 16,
  waitSeconds: 25,
} as const;

export const handleSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/);
export const roomIdSchema = bytes(16);
const deviceIdSchema = bytes(16);
const uriSchema = z.string().max(320);
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((name) => !/[\p{Cc}\p{Cs}]/u.test(name), "holds a control character");

/** A device that wants in. `proof`: `signWithLabel("CSFDevice", opaque domain<V>, opaque handle<V>, opaque deviceId<V>)` by its key. */
export const newDeviceSchema = z.strictObject({
  id: deviceIdSchema,
  name: nameSchema,
  publicKey: bytes(32),
  proof: bytes(64),
});
export type NewDevice = z.output<typeof newDeviceSchema>;

/** POST /chat/accounts -> 201 {uri, deviceId, token, young}. `young`: may be under 18; decided by the year alone, null is not young. */
export const newAccountSchema = z.strictObject({
  handle: handleSchema,
  name: nameSchema,
  birthYear: z.int().min(1900).max(2200).nullable(),
  device: newDeviceSchema,
});

/** POST /chat/device-codes -> {code, expiresAt}; POST /chat/devices {code, device} -> 201 {uri, deviceId, token, young}. */
export const redeemCodeSchema = z.strictObject({
  code: z.string().min(8).max(64),
  device: newDeviceSchema,
});

/** PUT /chat/key-packages -> {count}: how many of this device are there now. */
export const keyPackagesSchema = z.strictObject({
  keyPackages: z.array(bytes(1, 16 * 1024)).max(LIMITS.keyPackages),
});

/**
 * POST /chat/key-packages/take -> {keyPackages: [{deviceId, keyPackage}], missing: [deviceId]}: one for each device that has any;
 * `missing` have none left. One's own URI gives those of one's other devices. With `devices`, only of these: nobody's packages are used
 * up for devices that are in the room already.
 * 409 `chat.ask-first`: see POST /chat/requests. 403 `chat.refused`: that person does not want to hear from this account.
 */
export const takeSchema = z.strictObject({
  uri: uriSchema,
  devices: z.array(deviceIdSchema).max(64).optional(),
});

/**
 * POST /chat/rooms -> 201 {roomId, roomUri, epoch}. The GroupInfo of epoch 0 or 1; with a welcome, others may be in it from the start.
 * POST /chat/rooms/{id}/commits -> {epoch}. 409 `chat.stale-epoch`: take in what is in the inbox, then commit anew.
 * 422 `chat.roster-refused`: `problems` names each leaf that may not be in the room, by its device id; one of a revoked device must be
 * removed by the same commit.
 */
export const newRoomSchema = z.strictObject({
  groupInfo: bytes(1, LIMITS.handshakeBytes),
  welcome: bytes(1, LIMITS.handshakeBytes).nullable().default(null),
});
export const newCommitSchema = z.strictObject({
  commit: bytes(1, LIMITS.handshakeBytes),
  welcome: bytes(1, LIMITS.handshakeBytes).nullable(),
  groupInfo: bytes(1, LIMITS.handshakeBytes),
});

/**
 * POST /chat/rooms/{id}/messages (rule R1). `signature`: `signWithLabel("CSFSubmit", SubmitTbs)`. Sending the same message with the same
 * nonce again gives the same answer; the same nonce with another message is 409 `chat.nonce-used`.
 */
export const newMessageSchema = z.strictObject({
  message: bytes(1, LIMITS.messageBytes),
  submit: z.strictObject({
    clientTime: z.int().min(0),
    nonce: bytes(16),
    signature: bytes(64),
  }),
});

const [b64, whole] = [z.string(), z.int()];
const memberSchema = z.object({ uri: z.string(), deviceId: b64 });

export const frankViewSchema = z.object({ serverFrank: b64, suite: whole, signature: b64 });
export const extViewSchema = z.object({
  version: z.literal(1),
  roomSeq: whole,
  prevHead: b64,
  recHash: b64,
  hubKid: whole,
});
export const headViewSchema = z.object({
  roomUri: z.string(),
  roomSeq: whole,
  head: b64,
  at: whole,
  signature: b64,
});

/** `head` covers this message and may cover others that were accepted with it; they come by the inbox. */
export const acceptedMessageSchema = z.object({
  acceptedAt: whole,
  frank: frankViewSchema,
  ext: extViewSchema,
  head: headViewSchema,
});
export type AcceptedMessage = z.infer<typeof acceptedMessageSchema>;

/**
 * What a device is told, in its order. Its own messages and commits come too: the chain has no gaps, and a commit whose answer was
 * lost is recognised. `message`, `commit` and `welcome` are null once they have expired: a message's place in the chain stays; a device
 * that misses a commit or a welcome has to be removed and added again.
 */
export const chatEventSchema = z.discriminatedUnion("kind", [
  z.object({
    cursor: z.string(),
    kind: z.literal("message"),
    roomId: b64,
    message: b64.nullable(),
    epoch: whole,
    senderUri: z.string(),
    deviceId: b64,
    acceptedAt: whole,
    frank: frankViewSchema,
    ext: extViewSchema,
  }),
  z.object({
    cursor: z.string(),
    kind: z.literal("commit"),
    roomId: b64,
    epoch: whole.describe("the one that it leads to"),
    commit: b64.nullable(),
    by: memberSchema,
    added: z.array(memberSchema),
    removed: z.array(memberSchema),
    firstSeq: whole.describe("the first message after it"),
    at: whole,
  }),
  z.object({
    cursor: z.string(),
    kind: z.literal("welcome"),
    roomId: b64,
    epoch: whole,
    welcome: b64.nullable(),
    by: memberSchema,
    firstSeq: whole.describe("the first message that this device is handed"),
    at: whole,
  }),
  z.object({
    cursor: z.string(),
    kind: z.literal("leave"),
    roomId: b64,
    member: memberSchema.describe("to be removed by whoever commits next"),
    why: z.enum(["asked", "revoked"]),
    at: whole,
  }),
  z.object({
    cursor: z.string(),
    kind: z.literal("report"),
    reportId: z.string(),
    state: z.string(),
    at: whole,
  }),
  z.object({
    cursor: z.string(),
    kind: z.literal("notice"),
    code: z.enum([
      "device-added",
      "device-revoked",
      "key-packages-low",
      "request",
      "request-accepted",
      "safety",
    ]),
    uri: z.string().optional().describe("of the other person, for requests"),
    deviceId: b64.optional(),
    at: whole,
  }),
]);
export type ChatEvent = z.infer<typeof chatEventSchema>;
export type NoticeCode = Extract<ChatEvent, { kind: "notice" }>["code"];

/** GET /chat/inbox?after=CURSOR&wait=SECONDS. Without `after`, from what was acknowledged. `heads`: one for each unbroken run of a room's messages, over its last. */
export const inboxQuerySchema = z.object({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  wait: z.coerce.number().int().min(0).max(LIMITS.waitSeconds).default(0),
});
export const inboxSchema = z.object({
  events: z.array(chatEventSchema),
  heads: z.array(headViewSchema),
  cursor: z.string().describe("to go on from, and to acknowledge"),
  more: z.boolean().describe("ask again at once"),
});
export type Inbox = z.infer<typeof inboxSchema>;

/** POST /chat/inbox/ack: everything up to here is stored on the device, so the hub may let go of it. */
export const ackSchema = z.strictObject({ cursor: z.string().regex(/^\d{1,18}$/) });

/** POST /chat/blocks {uri}; DELETE /chat/blocks/{handle}. Their invitations, requests and messages to a room of two are then refused. */
export const blockSchema = z.strictObject({ uri: uriSchema });

/**
 * POST /chat/requests {to} -> 202 {state: "pending" | "accepted"}: asks a person who wants to be asked first (every young account).
 * GET /chat/requests -> {received: [{uri, name, at}], sent: [{uri, at, state}]}; POST /chat/requests/{handle} {accept}.
 * A refusal is not told apart from no answer. An account that itself takes the key packages of another is connected with it.
 */
export const newRequestSchema = z.strictObject({ to: uriSchema });
export const answerRequestSchema = z.strictObject({ accept: z.boolean() });

export const contextSchema = z.strictObject({
  senderUri: uriSchema,
  roomUri: uriSchema,
  acceptedAt: z.int().min(0),
});
const frankSchema = z.strictObject({
  serverFrank: bytes(32),
  suite: z.int().min(0).max(65_535),
  signature: bytes(64),
});

/**
 * POST /chat/frank-audit -> {valid, signature}: whether the server frank is this hub's over this tag and context; for who is or was in
 * the room. `signature` as in `verifyFrankAudit`, by the room's franking key. It does not cover the tag: nobody outside the
 * conversation gets a signature of the hub's over what was said.
 */
export const frankAuditSchema = z.strictObject({
  tag: bytes(32),
  frank: frankSchema,
  context: contextSchema,
});

/**
 * POST /chat/reports -> 201, or 200 if it was here already: {reportId, number, receivedAt, receipt, statement}. `receipt` is the number
 * as a text, to be named in a letter or on the telephone; `statement` the same as a DSSE envelope by the station's signing key
 * (`receiptKey` in GET /chat/about). `sealed`: `sealForVerifier(SignedBundle)`, AAD the reportId in UTF-8. `holds`: ids of the blobs that
 * the reported messages point to (the last part of their url), not their roots: the hub cannot know a root, and a sender could lie
 * about it.
 */
export const newReportSchema = z.strictObject({
  reportId: z.uuid({ version: "v7" }),
  sealed: bytes(1, LIMITS.reportBytes),
  holds: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(LIMITS.holds),
});

export const REPORT_STATES = ["received", "verified", "unverified", "passed-on", "not-opened"] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/**
 * GET /chat/reports -> {reports: [...]}, GET /chat/reports/{id}: {reportId, number, receivedAt, state, steps: [{at, what}]}, of this account.
 * Words for `what` are the messenger's.
 */
export const REPORT_STEPS = [
  "received",
  "verified",
  "unverified",
  "not-opened",
  "passed-on",
  "with-authorities",
  "arrest",
  "charge",
  "children-safeguarded",
  "no-further-action",
  "useless",
  "duplicate",
] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

/**
 * The verifier's office, Basic sign-in as `chat.verifier.account`. Everything but the list names the report that it is for: the office
 * gives out only what a person in the conversation reported (R5, R6), and each giving is a leaf of the audit log (R8).
 *
 * GET /chat-office/reports?wait= -> {reports: [{id, number, sealed, reporter: {uri, deviceId}, receivedAt}]}, oldest first
 * POST /chat-office/frank-checks {reportId, items} -> {valid: []}
 * POST /chat-office/records {reportId, roomUri, seqs} -> CBOR ProviderRecords; empty for a room that the reporter was never in
 * GET /chat-office/accounts/{handle}?report=ID -> subscriber data, of somebody who shared a room with the reporter
 * GET /chat-office/blobs/{id}?report=ID -> ciphertext, of a blob that the report holds
 * POST /chat-office/reports/{id}/result {state, reference?}: `reference` is the `id` that the report door answered
 *
 * What is asked about comes out of a bundle that anybody can have made: what makes no sense is answered with "no", not refused.
 */
export const frankChecksSchema = z.strictObject({
  reportId: z.uuid(),
  items: z
    .array(
      z.strictObject({
        frankingTag: bytes(0, 64),
        context: z.strictObject({
          senderUri: z.string().max(2048),
          roomUri: z.string().max(2048),
          acceptedAt: z.number(),
        }),
        serverFrank: bytes(0, 64),
        hubKid: z.number(),
      }),
    )
    .max(2000),
});
export const officeRecordsSchema = z.strictObject({
  reportId: z.uuid(),
  roomUri: z.string().max(2048),
  seqs: z.array(z.number()).max(2000),
});
export const officeQuerySchema = z.object({ report: z.uuid() });
export const officeWaitSchema = z.object({
  wait: z.coerce.number().int().min(0).max(LIMITS.waitSeconds).default(0),
});
export const resultSchema = z.strictObject({
  state: z.enum(["verified", "unverified", "passed-on", "not-opened"]),
  reference: z.uuid().optional(),
});

export const aboutSchema = z.object({
  domain: z.string(),
  name: z.string(),
  serverTime: whole,
  registration: z.enum(["open", "closed"]),
  frankingKeys: z.array(
    z.object({ suite: whole, publicKey: b64, notBefore: whole, notAfter: whole.nullable() }),
  ),
  /** `vkey` of the station's log (C2SP signed note). */
  logKey: z.string(),
  /** What receipts are signed with. */
  receiptKey: z.string(),
  verifier: z.object({ publicKey: b64 }),
  limits: z.record(z.string(), whole),
  retentionDays: z.object({ ciphertext: whole, records: whole, connections: whole }),
  help: z.array(
    z.object({
      name: z.string(),
      about: z.string(),
      url: z.string().nullable(),
      telephone: z.string().nullable(),
    }),
  ),
});
export type About = z.infer<typeof aboutSchema>;

/**
 * GET /chat/accounts/{handle}. `askFirst`: they want to be asked before they are added to a room (see POST /chat/requests).
 * `young` is null unless the asker may know: the person themselves, those connected with them, and young accounts in a room with them.
 * Otherwise the directory would tell anybody which accounts are children's.
 */
export const accountViewSchema = z.object({
  uri: z.string(),
  name: z.string(),
  young: z.boolean().nullable(),
  askFirst: z.boolean(),
  devices: z.array(z.object({ id: b64, publicKey: b64, validFrom: whole, revokedAt: whole.nullable() })),
});
export type AccountView = z.infer<typeof accountViewSchema>;

/** GET /chat/me. */
export const meSchema = z.object({
  uri: z.string(),
  name: z.string(),
  birthYear: whole.nullable(),
  young: z.boolean(),
  deviceId: b64,
  devices: z.array(
    z.object({
      id: b64,
      name: z.string(),
      publicKey: b64,
      validFrom: whole,
      revokedAt: whole.nullable(),
      keyPackages: whole,
    }),
  ),
  rooms: z.array(
    z.object({
      roomId: b64,
      roomUri: z.string(),
      epoch: whole,
      seq: whole,
      members: z.array(memberSchema),
    }),
  ),
  blocks: z.array(z.string()),
  cursor: z.string(),
});
export type Me = z.infer<typeof meSchema>;
