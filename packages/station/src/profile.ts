/**
 * What kind of organisation runs a station: which doors it opens, which roles its people have and what each role may do.
 * Profiles are data: a new kind of station is a new entry.
 */
export const profileIds = ["platform", "clearinghouse", "national-agency", "police-force"] as const;
export type ProfileId = (typeof profileIds)[number];
export type Door = "report" | "cybertipline" | "package" | "uk-direct" | "chat" | "media";

/** Everything that a person can do at a station; access/policies.cedar says which role may. */
export const actions = [
  "view-queue",
  "view-report",
  "open-evidence",
  "add-claim",
  "grade",
  "lower-urgency",
  "refer",
  "record-outcome",
  "make-requests",
  "refer-safeguarding",
  "answer-page",
  "do-tasks",
  "decide-links",
  "close-copies",
  "deconflict",
  "hold",
  "release-hold",
  "decide-keeping",
  "confirm-erasing",
  "view-peers",
  "view-senders",
  "accept-format",
  "review-media",
  "decide-matching",
  "view-banks",
  "change-banks",
  "tell-source",
  "review-accounts",
  "view-audit",
] as const;
export type Action = (typeof actions)[number];

export interface Profile {
  id: ProfileId;
  doors: readonly Door[];
  roles: readonly string[];
  /** How the written-out evidence basis names the people here: claims of trained staff weigh more (agency.md 4.1). */
  gradesMaterial: boolean;
}

export const profiles: Record<ProfileId, Profile> = {
  platform: {
    id: "platform",
    doors: ["report", "chat", "media"],
    roles: ["reviewer", "lead", "auditor"],
    gradesMaterial: false,
  },
  clearinghouse: {
    id: "clearinghouse",
    doors: ["cybertipline"],
    roles: ["analyst", "lead", "auditor"],
    gradesMaterial: true,
  },
  "national-agency": {
    id: "national-agency",
    doors: ["package", "uk-direct"],
    roles: ["analyst", "lead", "auditor"],
    gradesMaterial: true,
  },
  "police-force": {
    id: "police-force",
    doors: ["package"],
    roles: ["officer", "lead", "auditor"],
    gradesMaterial: true,
  },
};
