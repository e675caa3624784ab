import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");

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
