import type { Operations } from "../api.gen.ts";

/** Names for what the station's document describes, by operation: the document's own naming may change freely. */
export type Operation = keyof Operations;
export type Answer<O extends Operation> = Operations[O]["answer"];
export type Body<O extends Operation> = Operations[O]["body"];

export type SessionView = Answer<"GET /api/session">;
export type QueuePage = Answer<"GET /api/queue">;
export type QueueEntry = QueuePage["entries"][number];
export type QueueCounts = QueuePage["counts"];
export type QueueStatus = NonNullable<Operations["GET /api/queue"]["query"]["status"]>;
/** A list of the queue: by status, or the new reports in which safeguarding goes first. */
export type QueueList = QueueStatus | "safeguarding-first";
export type Tier = NonNullable<QueueEntry["tier"]>;
export type Level = NonNullable<QueueEntry["level"]>;

export type ReportView = Answer<"GET /api/reports/{id}">;
export type Report = ReportView["report"];
export type Person = Report["persons"][number];
export type Identifier = Person["identifiers"][number];
export type Place = Person["places"][number];
export type ReportEvent = Person["events"][number];
export type Moment = Report["incident"]["occurred"];
export type Channel = NonNullable<Report["incident"]["channel"]>;
export type Statement = Report["statements"][number];
export type Claim = ReportView["claims"][number];
export type ClaimStatement = Claim["states"];
export type Assessment = NonNullable<ReportView["assessment"]>;
export type AttributeView = Assessment["attributes"][number];
export type Reason = Assessment["tierReasons"][number];
export type EvidenceView = ReportView["evidence"][number];
export type DeclaredEvidence = Report["evidence"][number];
export type OriginProof = ReportView["proofs"][number];
export type AttestedMessage = NonNullable<OriginProof["attested"]>["messages"][number];
export type Destination = ReportView["destinations"][number];
export type ReferralView = ReportView["referrals"][number];
export type OutcomeView = ReportView["outcomes"][number];
export type LeafView = ReportView["history"][number];
export type LinkView = ReportView["links"][number];
export type BlockedValue = ReportView["blocked"][number];
export type SubjectSummary = ReportView["subjects"][number];
export type DecisionView = ReportView["decisions"][number];
export type ArrivalsView = ReportView["arrivals"];
export type ArrivalView = ArrivalsView["members"][number];
export type AmendmentView = ArrivalsView["amendments"][number];
export type NewArrivalDecision = Body<"POST /api/reports/{id}/arrival-decisions">;
export type NewLinkDecision = Body<"POST /api/reports/{id}/link-decisions">;
export type SubjectView = Answer<"GET /api/subjects/{subject}">;
export type SubjectReport = SubjectView["reports"][number];
export type CampaignSummary = Answer<"GET /api/campaigns">["campaigns"][number];
export type CampaignView = Answer<"GET /api/campaigns/{campaign}">;

export type RequestView = ReportView["requests"][number];
export type SuggestedRequest = Answer<"GET /api/reports/{id}/suggested-requests">["requests"][number];
export type ListedRequest = Answer<"GET /api/requests">["requests"][number];
export type NewRequest = Body<"POST /api/reports/{id}/requests">;
export type EditedRequest = Body<"PUT /api/reports/{id}/requests/{requestId}">;
export type SentRequest = Body<"POST /api/reports/{id}/requests/{requestId}/sent">;
export type NewAnswer = Body<"POST /api/reports/{id}/requests/{requestId}/answers">;

export type SenderEntry = Answer<"GET /api/senders">["senders"][number];
export type SenderView = Answer<"GET /api/senders/{id}">;
export type Estimate = SenderEntry["confirmed"];

export type NewClaim = Body<"POST /api/reports/{id}/claims">;
export type NewGrant = Body<"POST /api/reports/{id}/evidence/{evidenceId}/grants">;
export type NewOutcome = Body<"POST /api/reports/{id}/outcomes">;
export type NewReferral = Body<"POST /api/reports/{id}/referrals">;
export type GrantView = Answer<"POST /api/reports/{id}/evidence/{evidenceId}/grants">;
export type PeerView = Answer<"GET /api/peers">["peers"][number];
export type TaskList = Answer<"GET /api/tasks">;
export type TaskView = TaskList["tasks"][number];
export type TaskEffect = TaskView["effects"][number];
export type PageView = Answer<"GET /api/pages">["pages"][number];
export type Child = NonNullable<ReportView["safeguarding"]>;
export type ChildReferral = Child["referrals"][number];
export type NewSafeguardingStep = Body<"POST /api/reports/{id}/safeguarding">;
export type ChildList = NonNullable<Operations["GET /api/safeguarding"]["query"]["list"]>;
export type WaitingChild = Answer<"GET /api/safeguarding">["entries"][number];
export type Whereabouts = NonNullable<ReportView["whereabouts"]>;
export type ConflictView = ReportView["conflicts"][number];
export type ConflictStepView = ConflictView["steps"][number];
export type DeconflictionView = Answer<"GET /api/deconfliction">;
export type ListedConflict = DeconflictionView["conflicts"][number];
export type NewConflictStep = Body<"POST /api/reports/{id}/conflicts/{peer}/steps">;
export type AuditView = Answer<"GET /api/audit">;
export type ProofView = Answer<"GET /api/leaves/{id}/proof">;

export type UkDirectView = Answer<"GET /api/reports/{id}/uk-direct">;
export type UkReceived = NonNullable<UkDirectView["received"]>;
export type UkFiling = UkDirectView["filings"][number];
export type UkOffer = NonNullable<UkDirectView["offer"]>;
export type UkItem = UkOffer["items"][number];
export type UkItemId = UkItem["id"];
export type UkPriority = UkOffer["level"];
export type UkForm = Body<"POST /api/reports/{id}/uk-direct">;
export type UkLink = UkForm["choices"]["links"][number];
export type UkPreview = Answer<"POST /api/reports/{id}/uk-direct/preview">;
