import type { LeafKind } from "../audit/index.ts";
import type { ReportView } from "./contract.ts";

const TEXT: Record<LeafKind, string> = {
  "report.accepted": "Report accepted",
  "report.assessed-first": "First assessment",
  "claim.added": "Claim added",
  "urgency.lowered": "Urgency lowered",
  "proof.checked": "Proof of origin checked",
  "arrival.joined": "Found to belong with another arrival",
  "arrival.decided": "Decided whether it is the same report as another",
  "arrival.undone": "Decision about the same report taken back",
  "link.decided": "Decided who is who",
  "link.undone": "Decision about who is who taken back",
  "subject.looked-at": "Subject looked at and released",
  "subject.assigned": "Subject given to somebody",
  "campaign.sample-drawn": "Drawn by lot, to be looked at before its campaign's copies are closed",
  "campaign.sample-seen": "Looked at as a sample of its campaign",
  "campaign.copy-closed": "Closed together with the copies of its campaign",
  "report.reopened": "Opened again",
  "evidence.grant": "Leave given to open evidence",
  "evidence.opening": "Evidence opened",
  "referral.decided": "Referral decided",
  "referral.delivered": "Referral delivered",
  "referral.stopped": "Referral stopped",
  "package.accepted": "Package accepted",
  "deconfliction.asked": "Another station asked whether it has an interest too",
  "deconfliction.answered": "Another station's question answered",
  "deconfliction.hit": "Another station has an interest too",
  "deconfliction.step": "Step between this station and another",
  "outcome.recorded": "Outcome recorded",
  "outcome.received": "Outcome received",
  "outcome.returned": "Outcome returned to whoever sent the report",
  "request.drafted": "Request drafted",
  "request.edited": "Draft of a request changed",
  "request.sent": "Request sent",
  "request.answered-in-part": "Request answered in part",
  "request.answered": "Request answered",
  "request.refused": "Request refused",
  "request.lapsed": "Request lapsed",
  "request.withdrawn": "Request withdrawn",
  "safeguarding.decided": "Safeguarding referral decided",
  "safeguarding.told": "Safeguarding authority told",
  "safeguarding.acknowledged": "Safeguarding authority answered",
  "safeguarding.withdrawn": "Safeguarding referral withdrawn",
  "safeguarding.declined": "Decided that no safeguarding referral is needed",
  "page.raised": "A person was called at once",
  "page.escalated": "Call not answered: passed on",
  "page.acknowledged": "Call answered",
  "page.taken-over": "Call taken over",
  "task.opened": "Task opened",
  "task.sounded": "Task sounded again",
  "task.taken-over": "Task taken over",
  "task.handed-on": "Task handed on",
  "task.retried": "Task: tried again",
  "task.corrected": "Task: sent anew as the report stands now",
  "task.done-elsewhere": "Task: marked as done elsewhere",
  "task.closed": "Task closed",
  "hold.placed": "Hold placed: it must be kept",
  "hold.extended": "Hold extended",
  "hold.released": "Hold released",
  "keeping.longer": "Decided to keep it longer",
  "keeping.let-go": "Decided that it may be erased",
  "erasure.confirmed": "A second person confirmed that it is erased",
  "erasure.stopped": "Not erased: something had happened meanwhile",
  "erasure.began": "Erasing began",
  "report.erased": "Erased, with a certificate",
  "format-burst.opened": "Found that the sender has begun to leave something out",
  "format-burst.recovered": "Found that the sender no longer leaves it out",
  "format-burst.accepted": "Accepted that the sender leaves something out",
  "format-burst.seen-to": "Seen to what the sender had left out",
  "media.matched": "Something that was posted matched a bank of hashes",
  "media.decided": "Somebody decided about a file that was posted",
  "media.handed-on": "A file that was seen was handed on to a second person",
  "media.reported": "Made of what was posted",
  "media.policy": "What a match with a bank does was decided",
  "bank.made": "A bank of hashes was made",
  "bank.changed": "What a bank of hashes is taken for, or which of it matches, was changed",
  "bank.imported": "A list was read into a bank of hashes",
  "bank.looked-at": "Somebody looked at banks of hashes, or asked whether a hash is in one",
  "bank.feedback-decided": "Somebody decided what a source of hashes is told about one of them",
  "bank.feedback-sent": "A source of hashes was told about one of them",
  "chat.device-added": "Device added to an account of the chats",
  "chat.device-revoked": "Device of an account of the chats revoked",
  "chat.batch": "Records of the chats put into the log",
  "chat.report-received": "Report from a chat received, sealed",
  "chat.records-given": "The hub's records given to the verifier",
  "chat.report-result": "Report from a chat answered by the verifier",
  "sign-in": "Sign-in",
  "station.started": "Station started",
};

/** What the audit log has about a report. */
export interface ReportLeaf {
  id: string;
  kind: LeafKind;
  at: string;
  actor: string;
  /** The actor's name, if it is a person who works here. */
  name: string | null;
  index: string | null;
  body: Record<string, unknown>;
}

/** What happened to a report: every line has its place in the tree and can be proven. */
export function historyOf(leaves: readonly ReportLeaf[]): ReportView["history"] {
  return leaves.map((leaf) => ({
    id: leaf.id,
    kind: leaf.kind,
    text: TEXT[leaf.kind],
    at: leaf.at,
    actor: leaf.name ?? leaf.actor.replace(/^(?:peer|sender):/, ""),
    ...(leaf.index === null ? {} : { index: leaf.index }),
  }));
}
