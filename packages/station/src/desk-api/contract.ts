import { claimSchema, claimTargetSchema, incidentTypeSchema, reportSchema } from "@fairlead/report";
import { z } from "zod";
import { conflictViewSchema } from "./deconfliction-contract.ts";
export type { ConflictView, DeconflictionView } from "./deconfliction-contract.ts";
import { requestViewSchema } from "./request-contract.ts";
import { pageViewSchema } from "./paging-contract.ts";
import {
  childCountsSchema,
  childEntrySchema,
  laneSchema,
  safeguardingViewSchema,
} from "./safeguarding-contract.ts";

export * from "./paging-contract.ts";
export * from "./safeguarding-contract.ts";
import { blockedValueSchema, decisionViewSchema, subjectSummarySchema } from "./subject-contract.ts";

/** The desk's API, as data: these schemas make the OpenAPI document, check every request and shape every answer. */

export const tierSchema = z.enum(["R1", "R2", "R3", "R4", "R5"]);
export const levelSchema = z.enum(["L0", "L1", "L2", "L3", "L4"]);
const instant = z.string().describe("UTC, ISO 8601");

export const personViewSchema = z.object({ id: z.string(), name: z.string(), role: z.string() });
export type PersonView = z.infer<typeof personViewSchema>;

export const stationViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  profile: z.enum(["platform", "clearinghouse", "national-agency", "police-force"]),
});

export const sessionViewSchema = z.object({
  person: personViewSchema,
  station: stationViewSchema,
  /** What this person may do here; the desk shows no button that would be refused. */
  may: z.array(z.string()),
  expiresAt: instant,
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const queueEntrySchema = z.object({
  id: z.uuid(),
  number: z.string(),
  receivedAt: instant,
  sender: z.string(),
  platform: z.string().optional(),
  incident: incidentTypeSchema,
  occurred: z.object({ raw: z.string(), at: instant.optional(), zone: z.string() }),
  status: z.enum(["new", "referred", "closed"]),
  /** Absent until linking and assessment have run, a moment after acceptance. */
  tier: tierSchema.optional(),
  tierText: z.string().optional(),
  why: z.string().describe("the first reason for the tier").optional(),
  level: levelSchema.optional(),
  levelText: z.string().optional(),
  /** The evidential clock that ends first. */
  clock: z.object({ endsAt: instant, what: z.string() }).optional(),
  evidence: z.number().int(),
  /** Other reports of the same person, by strong links. */
  samePerson: z.number().int(),
  suggestedAgency: z.string().optional(),
  outcomes: z.array(z.string()),
  delivery: z.enum(["none", "waiting", "delivered", "failed"]),
  lane: laneSchema.optional().describe("who goes first: it never changes how urgent a report is"),
  child: childEntrySchema.optional(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const queueQuerySchema = z.object({
  status: z.enum(["new", "referred", "closed", "all"]).default("new"),
  lane: laneSchema.optional().describe("only reports of this lane"),
  after: z.string().optional().describe("cursor from the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const queuePageSchema = z.object({
  entries: z.array(queueEntrySchema),
  next: z.string().optional(),
  counts: z.object({
    new: z.number().int(),
    referred: z.number().int(),
    closed: z.number().int(),
    byTier: z.record(tierSchema, z.number().int()),
    requests: z.object({
      open: z.number().int().describe("sent and not answered in full"),
      overdue: z.number().int().describe("of those, past the time by which the law wants an answer"),
    }),
    waiting: z.number().int().describe("deliveries and outcomes that have not arrived yet"),
    children: childCountsSchema.optional(),
  }),
});
export type QueuePage = z.infer<typeof queuePageSchema>;

const reasonSchema = z.object({
  code: z.string(),
  path: z.string().describe("JSON Pointer to the field of the report or claim that this rests on").optional(),
  text: z.string(),
  source: z.string().optional(),
});

export const attributeViewSchema = z.object({
  attribute: z.enum(["offence", "attribution", "place", "time", "integrity"]),
  value: z.string().describe("O0-O4, A0-A4, P0-P3, T0-T3, I0-I3"),
  text: z.string(),
  binding: z.boolean().describe("one step up here would raise the level"),
  reasons: z.array(reasonSchema),
});

/** Named, never repaired: which reading is right is for whoever wrote it to say. */
export const doubtViewSchema = z.object({
  code: z.string(),
  attribute: z
    .enum(["time", "attribution"])
    .optional()
    .describe("what it holds down; absent: it is only named"),
  path: z.string(),
  stated: z.string(),
  couldBe: z.array(z.string()).describe("what else it could be, likeliest first"),
  text: z.string(),
  whom: z.string(),
  what: z.string(),
});
export type DoubtView = z.infer<typeof doubtViewSchema>;

export const assessmentViewSchema = z.object({
  at: instant,
  ruleVersion: z.string(),
  level: levelSchema,
  levelText: z.string(),
  attributes: z.array(attributeViewSchema),
  wouldRaise: z.array(
    z.object({
      attribute: z.string(),
      from: z.string(),
      to: z.string(),
      ask: z.string(),
      what: z.string(),
      route: z.string(),
      expectedLevel: levelSchema.optional(),
    }),
  ),
  tier: tierSchema,
  tierText: z.string(),
  tierReasons: z.array(reasonSchema),
  doubts: z.array(doubtViewSchema).describe("times and addresses that may not be what they say"),
  unknown: z.array(z.string()).describe("what nobody has said and would matter; unknown never means no"),
  clock: z.object({ endsAt: instant, what: z.string() }).optional(),
});
export type AssessmentView = z.infer<typeof assessmentViewSchema>;

export const evidenceViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["file", "message-bundle", "wire-document"]),
  name: z.string().optional(),
  mediaType: z.string().optional(),
  size: z.number().int().optional(),
  sha256: z.string().optional(),
  present: z.boolean().describe("the bytes are in this station's vault"),
  /** What is known without opening it: every claim about it, with its source. */
  known: z.array(z.object({ text: z.string(), source: z.string() })),
  seenBefore: z.number().int().describe("other reports here that hold the same bytes"),
  openings: z.array(z.object({ person: z.string(), at: instant, purpose: z.string() })),
});
export type EvidenceView = z.infer<typeof evidenceViewSchema>;

export const linkViewSchema = z.object({
  report: z.uuid(),
  number: z.string(),
  person: z.string().optional().describe("of this report; absent where nobody says whose the value is"),
  otherPerson: z.string().optional(),
  kind: z.string().describe("what they share; `decision` where a person said that they are the same"),
  value: z.string(),
  strength: z.enum(["strong", "medium", "weak"]),
  reason: z.string(),
  status: z.string(),
  tier: tierSchema.optional(),
});

export const destinationSchema = z.object({
  peer: z.string(),
  name: z.string(),
  agency: z.string().optional(),
  agencyName: z.string().optional(),
  recommended: z.boolean(),
  provisional: z.boolean().describe("rests on a hint, not on a resolved address"),
  reasons: z.array(z.string()),
});
export type Destination = z.infer<typeof destinationSchema>;

export const referralViewSchema = z.object({
  id: z.uuid(),
  peer: z.string(),
  peerName: z.string(),
  agency: z.string().optional(),
  agencyName: z.string().optional(),
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: instant,
  state: z.enum(["intended", "sending", "delivered", "failed"]),
  attempts: z.number().int(),
  lastError: z.string().optional(),
  nextAttemptAt: instant.optional(),
  deliveredAt: instant.optional(),
  remoteReference: z.string().optional(),
});
export type ReferralView = z.infer<typeof referralViewSchema>;

export const NO_ACTION_REASONS = [
  "not-an-offence",
  "no-suspect-identified",
  "data-expired",
  "not-in-the-public-interest",
  "outside-jurisdiction",
  "already-known",
  "other",
] as const;
export const USELESS_REASONS = [
  "no-content",
  "no-identifiers",
  "viral-item",
  "not-abuse-material",
  "wrong-or-missing-time",
  "cannot-be-located",
  "other",
] as const;

export const outcomeStatementSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("arrest"), arrests: z.number().int().min(1).max(1000) }),
  z.object({ kind: z.literal("charge"), charges: z.number().int().min(1).max(1000) }),
  z.object({ kind: z.literal("children-safeguarded"), children: z.number().int().min(1).max(10_000) }),
  z.object({ kind: z.literal("no-further-action"), reason: z.enum(NO_ACTION_REASONS) }),
  z.object({ kind: z.literal("useless"), reason: z.enum(USELESS_REASONS) }),
  z.object({
    kind: z.literal("duplicate"),
    of: z.string().min(1).max(64).describe("number of the report it repeats"),
  }),
]);
export type OutcomeStatement = z.infer<typeof outcomeStatementSchema>;

export const outcomeViewSchema = z.object({
  id: z.uuid(),
  statement: outcomeStatementSchema,
  text: z.string(),
  recordedAt: instant,
  /** Who recorded it: a person here, or the station it first came from. */
  by: z.string(),
  returned: z
    .enum(["nowhere", "waiting", "delivered", "failed"])
    .describe("on its way back to who handed us the report"),
  returnedTo: z.string().optional(),
  lastError: z.string().optional(),
});
export type OutcomeView = z.infer<typeof outcomeViewSchema>;

export const PROOF_STATES = [
  "proven",
  "not-proven",
  "contradicted",
  "incomplete",
  "unknown-provider",
  "unreadable",
] as const;

const stepViewSchema = z.object({
  step: z.string().describe("V1 to V14"),
  result: z.enum(["passed", "failed", "not-checked"]),
  code: z.string().optional(),
  detail: z.string().describe("the verifier's own words; nothing of a message stands in them"),
});
const rangeSchema = z.object({ from: z.string(), to: z.string() });

const attestedMessageSchema = z.object({
  index: z.number().int().describe("place in the bundle"),
  seq: z.string().describe("place in the conversation"),
  messageId: z.string(),
  sender: z.string(),
  device: z.string(),
  selected: z.boolean().describe("picked by whoever reports; otherwise context"),
  verdict: z.enum(["VERIFIED", "VERIFIED_NO_SUBMIT_SIG", "UNVERIFIED"]),
  acceptedAt: instant.optional().describe("by the provider's clock"),
  existedBy: instant.optional().describe("an outside authority bounds the time from above"),
  seen: z.string().optional(),
  replaces: z.array(z.string()),
  /** Steps that did not pass. */
  open: z.array(stepViewSchema),
  attachments: z.array(
    z.object({
      root: z.string(),
      mode: z.enum(["full", "hash-only"]),
      result: z.enum(["opened-and-bound", "committed-not-seen", "failed", "missing"]),
      sha256: z.string().optional(),
      size: z.number().int().optional(),
      evidence: z.uuid().optional().describe("the same bytes among this report's evidence"),
    }),
  ),
});

/** What a provider attests about a report from one of its encrypted conversations. */
const attestedSchema = z.object({
  provider: z.object({ name: z.string(), domain: z.string() }),
  madeAt: instant,
  verifier: z.object({ version: z.string(), build: z.string() }),
  reportId: z.string(),
  roomUri: z.string(),
  reporter: z.object({ uri: z.string(), device: z.string() }),
  verdict: z.enum(["VERIFIED", "VERIFIED_NO_SUBMIT_SIG", "UNVERIFIED"]),
  fullConversation: z.boolean(),
  window: z.object({ from: z.string(), to: z.string(), firstSeq: z.string(), headSeq: z.string() }),
  withheld: z.object({ count: z.number().int(), ranges: z.array(rangeSchema).max(200) }),
  limits: z.array(z.string()),
  steps: z.array(stepViewSchema),
  messages: z.array(attestedMessageSchema).max(500),
});

export const originProofSchema = z.object({
  attestation: z.uuid().describe("the piece of evidence that holds it"),
  bundle: z.uuid().optional().describe("the message bundle that it is about"),
  state: z.enum(PROOF_STATES),
  code: z.string().optional().describe("why it is not proven"),
  checkedAt: instant,
  keyIds: z.array(z.string()).describe("keys that it names"),
  /** Only of a provider that is pinned here: what anybody else says of itself is not repeated. */
  attested: attestedSchema.optional(),
});
export type OriginProofView = z.infer<typeof originProofSchema>;

export const leafViewSchema = z.object({
  id: z.uuid(),
  kind: z.string(),
  text: z.string(),
  at: instant,
  actor: z.string(),
  index: z.string().optional().describe("place in the audit log; absent until the next checkpoint"),
});

export const reportViewSchema = z.object({
  entry: queueEntrySchema,
  door: z.string(),
  handedBy: z.string(),
  report: reportSchema,
  claims: z.array(claimSchema).describe("made after the report came in"),
  assessment: assessmentViewSchema.optional(),
  evidence: z.array(evidenceViewSchema),
  proofs: z.array(originProofSchema).describe("proofs of origin that came with the report"),
  requests: z.array(requestViewSchema),
  links: z.array(linkViewSchema).describe("the strongest and newest"),
  subjects: z.array(subjectSummarySchema).describe("who is behind it, by joined reports"),
  decisions: z.array(decisionViewSchema).describe("what people decided about who is who, as far as it holds"),
  blocked: z.array(blockedValueSchema).describe("what is shared and links nobody, with the reason"),
  destinations: z.array(destinationSchema),
  referrals: z.array(referralViewSchema),
  outcomes: z.array(outcomeViewSchema),
  safeguarding: safeguardingViewSchema.optional(),
  pages: z.array(pageViewSchema).describe("calls to a person about this report, the newest first"),
  history: z.array(leafViewSchema),
  conflicts: z.array(conflictViewSchema).describe("other stations that have an interest in the same person"),
  /** What this person may do with this report now. */
  may: z.array(z.string()),
});
// Named, so that the document describes it once for all the routes that answer with it.
z.globalRegistry.add(reportViewSchema, { id: "ReportView" });
export type ReportView = z.infer<typeof reportViewSchema>;

export const newClaimSchema = z.object({ about: claimTargetSchema, states: claimSchema.shape.states });

export const PURPOSES = [
  "assess-the-report",
  "identify-a-victim",
  "identify-a-suspect",
  "grade-the-material",
  "prepare-a-referral",
  "prepare-for-court",
  "quality-check",
] as const;
export const newGrantSchema = z.object({
  purpose: z.enum(PURPOSES),
  note: z.string().max(1000).optional(),
});
export const grantViewSchema = z.object({
  id: z.uuid(),
  purpose: z.string(),
  grantedAt: instant,
  expiresAt: instant,
  /** Where the bytes are; each fetch is an opening with a leaf of its own. */
  content: z.string(),
  mediaType: z.string().optional(),
});
export type GrantView = z.infer<typeof grantViewSchema>;

export const newReferralSchema = z.object({
  peer: z.string().min(1).max(64),
  agency: z.string().min(1).max(64).optional(),
  reason: z.string().min(1).max(2000),
});
export const lowerUrgencySchema = z.object({ tier: tierSchema, reason: z.string().min(10).max(2000) });

export const peerViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  wire: z.string(),
  waiting: z.number().int(),
  oldestWaitingSince: instant.optional(),
  lastSuccessAt: instant.optional(),
  lastFailureAt: instant.optional(),
  lastFailure: z.string().optional(),
  state: z.enum(["well", "waiting", "failing", "never-reached"]),
});
export type PeerView = z.infer<typeof peerViewSchema>;

export const auditViewSchema = z.object({
  size: z.string(),
  pending: z.number().int(),
  checkpoint: z.string().optional(),
  at: instant.optional(),
});

/** RFC 9457. Every error of the desk's API has this form. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  remedy: z.string().optional(),
  problems: z
    .array(z.object({ path: z.string(), message: z.string(), remedy: z.string().optional() }))
    .optional(),
});
export type ProblemView = z.infer<typeof problemSchema>;
