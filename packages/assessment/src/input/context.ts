import type { AnswerRecord } from "../requests/request-record.ts";
import type { Lowering, Tier } from "../urgency/tier.ts";

/** What only the station knows about a report. Times are UTC, ISO 8601. */
export interface AssessmentContext {
  station: {
    id: string;
    name: string;
    /** What kind of organisation runs the station, such as `national-agency`; the rule set says which profiles grade material. */
    profile: string;
  };
  /** When this station received the report. */
  receivedAt: string;
  /**
   * When the provider made its report, which starts the provider's retention clock. Equal to `receivedAt` when the provider handed
   * it to this station; for a report from a peer, the time of the first acknowledgement. Absent: not known, so no clock runs.
   */
  firstReportedAt?: string | undefined;
  /** Whether the hand-in was authenticated: account, pinned peer key. A public web form is not. */
  senderAuthenticated: boolean;
  /** Whether every hand-off from the first station to this one was signed. A report handed in directly is `signed` by its receipt. */
  handOffs: "signed" | "unsigned" | "unknown";
  /** Whether the stored evidence still agrees with what was recorded at receipt. */
  custody: "intact" | "broken" | "unknown";
  /**
   * Answers to requests about this report, in the order in which they came. Their events stand beside the report's own, with the
   * provider as their source; their claims stand among the claims (`claimsOf`).
   */
  answers?: readonly AnswerRecord[] | undefined;
  /** What the hours of the sender's other reports show of its clock (`showsTwelveHours`); absent: nothing is against it. */
  senderHours?: "twelve-hour" | undefined;
  /** Addresses of the subject in other reports, from strong links only: what a mistyped one is seen by. */
  linkedAddresses?: readonly string[] | undefined;
  /** The newest activity of the subject in other reports, from strong links only. */
  lastLinkedActivityAt?: string | undefined;
  /** The highest tier among the subjects that this report is strongly linked to. */
  linkedTier?: Tier | undefined;
  /** The tier of the assessment before this one. Time and new facts alone never lower it. */
  previousTier?: Tier | undefined;
  /** A person's decision to lower the tier: the only way down. */
  lowering?: Lowering | undefined;
}
