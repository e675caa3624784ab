import { randomUUID } from "node:crypto";
import { UK_ITEM_IDS } from "@fairlead/report/uk-direct";

export const COUNCIL = {
  id: "example-council",
  name: "Example Council",
  areas: ["GB"],
  contact: { telephone: "01632 960000" },
};

/** Roles of the station's policies, and one that it does not know. */
export const ROLES = ["reviewer", "lead", "auditor", "stranger"];

export const HOLD = {
  kind: "preservation-request",
  authority: "Example Police",
  reason: "Their warrant is on its way.",
  lastDay: { day: "2099-06-30", zone: "Europe/London" },
};

export interface Route {
  /** Who gets a 2xx at a platform, by DESIGN's laws; written by hand. */
  may: readonly string[];
  body?: object;
}
const everybody = ROLES;
const caseworkers = ["reviewer", "lead"];
const staff = ["reviewer", "lead", "auditor"];
/** Every route of the desk's API. */
export const ROUTES: Record<string, Route> = {
  "POST /api/session": { may: [], body: { token: "no-such-link" } },
  "GET /api/session": { may: everybody },
  "DELETE /api/session": { may: everybody },
  "GET /api/queue": { may: everybody },
  "GET /api/reports/{id}": { may: everybody },
  "POST /api/reports/{id}/claims": {
    may: caseworkers,
    body: { about: { kind: "report" }, states: { kind: "flag", flag: "spam", value: true } },
  },
  "POST /api/reports/{id}/evidence/{evidenceId}/grants": {
    may: caseworkers,
    body: { purpose: "assess-the-report" },
  },
  // The grant is the lead's own.
  "GET /api/grants/{id}/content": { may: ["lead"] },
  "POST /api/reports/{id}/referrals": {
    may: caseworkers,
    body: { peer: "agency-one", reason: "A case for them." },
  },
  "POST /api/reports/{id}/outcomes": { may: caseworkers, body: { kind: "arrest", arrests: 1 } },
  "POST /api/reports/{id}/urgency": {
    may: ["lead"],
    body: { tier: "R5", reason: "Nothing in it is urgent." },
  },
  "GET /api/senders": { may: everybody },
  "GET /api/senders/{id}": { may: everybody },
  "GET /api/senders/{id}/scorecard.csv": { may: everybody },
  "POST /api/senders/{id}/bursts/{burst}/accept": {
    may: ["lead"],
    body: { reason: "It is their new format." },
  },
  "GET /api/requests": { may: everybody },
  "GET /api/reports/{id}/suggested-requests": { may: caseworkers },
  "POST /api/reports/{id}/requests": {
    may: caseworkers,
    body: { rule: "view-file", subject: "A view", body: "Please view it." },
  },
  "PUT /api/reports/{id}/requests/{requestId}": {
    may: caseworkers,
    body: { subject: "A view", body: "Please view it." },
  },
  "POST /api/reports/{id}/requests/{requestId}/sent": {
    may: caseworkers,
    body: { to: "The viewing room", at: "2026-01-01T00:00:00Z", way: "other" },
  },
  "POST /api/reports/{id}/requests/{requestId}/answers": {
    may: caseworkers,
    body: {
      whole: true,
      provider: "The viewing room",
      receivedAt: "2026-01-01T00:00:00Z",
      claims: [],
      events: [],
    },
  },
  "POST /api/reports/{id}/requests/{requestId}/refused": { may: caseworkers, body: { note: "No room." } },
  "POST /api/reports/{id}/requests/{requestId}/withdrawn": { may: caseworkers, body: { note: "Done." } },
  "POST /api/reports/{id}/arrival-decisions": {
    may: ["lead"],
    body: { kind: "apart", reason: "Another kite." },
  },
  "POST /api/reports/{id}/arrival-decisions/{decision}/undo": {
    may: ["lead"],
    body: { reason: "A mistake." },
  },
  "POST /api/reports/{id}/link-decisions": {
    may: ["lead"],
    body: {
      kind: "never-link",
      value: { kind: "account", value: "example%20chat/1000001" },
      reason: "A shared one.",
    },
  },
  "POST /api/reports/{id}/link-decisions/{decision}/undo": { may: ["lead"], body: { reason: "A mistake." } },
  "GET /api/subjects/{subject}": { may: everybody },
  "POST /api/subjects/{subject}/owner": { may: ["lead"], body: {} },
  "POST /api/subjects/{subject}/look": { may: ["lead"], body: { reason: "It is one person." } },
  "GET /api/campaigns": { may: everybody },
  "GET /api/campaigns/{campaign}": { may: everybody },
  "POST /api/campaigns/{campaign}/closings": { may: ["lead"], body: {} },
  "POST /api/campaigns/{campaign}/closings/{closing}/seen": {
    may: ["lead"],
    body: { report: "00000000-0000-4000-8000-000000000000", found: "copy" },
  },
  "POST /api/campaigns/{campaign}/closings/{closing}/close": {
    may: ["lead"],
    body: { reason: "All copies." },
  },
  "GET /api/safeguarding": { may: everybody },
  "POST /api/reports/{id}/safeguarding": {
    may: caseworkers,
    body: { step: "decide", authority: COUNCIL.id, reason: "A child may need help." },
  },
  "GET /api/pages": { may: everybody },
  "POST /api/pages/{id}/answer": { may: caseworkers, body: {} },
  "POST /api/pages/{id}/take-over": { may: caseworkers, body: {} },
  "GET /api/health": { may: everybody },
  "GET /api/tasks": { may: everybody },
  "POST /api/tasks/{id}/take-over": { may: caseworkers, body: {} },
  // To somebody who works here is filled in.
  "POST /api/tasks/{id}/hand-on": {
    may: caseworkers,
    body: { to: "00000000-0000-4000-8000-000000000000" },
  },
  "POST /api/tasks/{id}/retry": { may: caseworkers, body: {} },
  "POST /api/tasks/{id}/correct": { may: caseworkers, body: {} },
  "POST /api/tasks/{id}/elsewhere": { may: caseworkers, body: { reason: "Brought by hand." } },
  "POST /api/tasks/{id}/close": { may: caseworkers, body: { reason: "Seen to." } },
  "GET /api/peers": { may: everybody },
  "GET /api/deconfliction": { may: everybody },
  "POST /api/reports/{id}/conflicts/{peer}/steps": { may: caseworkers, body: { kind: "taken" } },
  "GET /api/reports/{id}/uk-direct": { may: everybody },
  "POST /api/reports/{id}/uk-direct": { may: caseworkers, body: ukForm() },
  "POST /api/reports/{id}/uk-direct/preview": { may: caseworkers, body: ukForm() },
  "GET /api/keeping": { may: everybody },
  "GET /api/reports/{id}/keeping": { may: everybody },
  "POST /api/reports/{id}/holds": { may: caseworkers, body: HOLD },
  "POST /api/reports/{id}/holds/{hold}/extend": {
    may: caseworkers,
    body: { reason: "The court asks again." },
  },
  "POST /api/reports/{id}/holds/{hold}/release": { may: ["lead"], body: { reason: "The case is over." } },
  "POST /api/reports/{id}/keeping-decisions": {
    may: ["lead"],
    body: { kind: "longer", reason: "The appeal is not over.", lastDay: { day: "2099-12-31", zone: "UTC" } },
  },
  "POST /api/reports/{id}/erasing-confirmations": { may: ["lead"], body: { reason: "Nobody needs it." } },
  "GET /api/reports/{id}/erasure-certificate": { may: everybody },
  "GET /api/review": { may: caseworkers },
  "POST /api/review/turns": { may: caseworkers, body: {} },
  "POST /api/review/files/{sha256}/give-back": { may: caseworkers, body: {} },
  "POST /api/review/files/{sha256}/hand-on": { may: ["lead"], body: { reason: "They are ill." } },
  "POST /api/review/files/{sha256}/looks": { may: caseworkers, body: {} },
  "GET /api/review/looks/{id}/content": { may: caseworkers },
  "POST /api/review/looks/{id}/seen": { may: caseworkers, body: { seenMs: 1, wholeMs: 1 } },
  "POST /api/review/files/{sha256}/decision": { may: caseworkers, body: { decision: "leave" } },
  // The report that waits is filled in.
  "POST /api/review/known": { may: caseworkers, body: { reports: [randomUUID()], reason: "Known." } },
  "GET /api/review/decided": { may: caseworkers },
  "GET /api/review/policies": { may: caseworkers },
  "POST /api/review/policies/{bank}": {
    may: ["lead"],
    body: { exact: "nothing", perceptual: "review", reason: "As agreed." },
  },
  "GET /api/banks": { may: staff },
  "POST /api/banks/lookup": { may: staff, body: { value: "0".repeat(32) } },
  "GET /api/banks/{bank}": { may: staff },
  "GET /api/banks/{bank}/parts": { may: staff },
  // What is to be changed, and what was seen of it, is filled in.
  "POST /api/banks/{bank}/changes": { may: ["lead"], body: { seen: "0", reason: "As agreed with them." } },
  "GET /api/banks/{bank}/entries/{entry}": { may: staff },
  "GET /api/banks/{bank}/entries/{entry}/feedback": { may: staff },
  "GET /api/banks/{bank}/entries/{entry}/feedback/reasons": { may: caseworkers },
  "POST /api/banks/{bank}/entries/{entry}/feedback": {
    may: caseworkers,
    body: { kind: "md5", opinion: "affirmative", note: "It is the kite." },
  },
  "GET /api/accounts": { may: caseworkers },
  "GET /api/accounts/{account}": { may: caseworkers },
  "POST /api/accounts/{account}/decisions": {
    may: caseworkers,
    body: { decision: "keep", reason: "As it should be." },
  },
  "GET /api/audit": { may: ["lead", "auditor"] },
  "GET /api/leaves/{id}/proof": { may: everybody },
};

/** A form for a UK direct report that every rule is content with. */
export function ukForm(): object {
  const choices = {
    priority: { level: "P3" },
    links: [],
    declaration: true,
    reporter: { lastName: "Example", email: "ada@example.com" },
    howDetected: [],
    identityDocuments: [],
    notHeld: UK_ITEM_IDS.map((item) => ({ item })),
  };
  return { id: randomUUID(), peer: "uk-one", choices };
}
