/**
 * The law of UK direct reports as data with a date. The Online Safety Act 2023, Part 4 chapter 2, makes a provider report child sexual
 * exploitation and abuse content to the National Crime Agency; SI 2026/268 says what a report holds (Schedule 1), how soon it is
 * made and what is kept. The Schedule's own paragraphs were not available to us: `paragraph` is null until somebody has read them.
 */
export const UK_DIRECT_LAW = {
  act: "Online Safety Act 2023, ss.66 to 70",
  regulations: "SI 2026/268",
  inForceFrom: "2026-04-07",
  reviewBy: "2027-04-01",
} as const;

/** One item of Schedule 1: what it asks for and where the internal report has it. */
export interface UkItem {
  id: UkItemId;
  /** The words of the item, ours and not the Schedule's. */
  asks: string;
  provision: string;
  paragraph: string | null;
  /** Where the internal report has it, as JSON Pointers with `*` for any index. */
  internal: readonly string[];
  /** An item without a value of its own: it says of another item's values whether one part of them is there. */
  partOf?: UkItemId;
}

export const UK_ITEM_IDS = [
  "reporting-person",
  "detected-content",
  "how-detected",
  "platform",
  "previous-report",
  "upload-time",
  "upload-connection",
  "upload-port",
  "upload-connection-time",
  "exif",
  "content-url",
  "original-hash",
  "username",
  "email",
  "recovery-email",
  "phone",
  "phone-verified-on",
  "profile-url",
  "billing",
  "identity-documents",
  "linked-accounts",
  "login-connections",
] as const;
export type UkItemId = (typeof UK_ITEM_IDS)[number];

const SCHEDULE = "SI 2026/268 reg 6(4)(a) and Schedule 1";

function item(id: UkItemId, asks: string, internal: readonly string[], partOf?: UkItemId): UkItem {
  return {
    id,
    asks,
    provision: SCHEDULE,
    paragraph: null,
    internal,
    ...(partOf === undefined ? {} : { partOf }),
  };
}

/** Every item in the Schedule's order as secondary sources give it; the declaration at its end is a field of the document. */
export const UK_ITEMS: readonly UkItem[] = [
  item("reporting-person", "Who makes the report for the provider: name, e-mail address, telephone.", [
    "/persons/*[role=reporter]",
  ]),
  item("detected-content", "The content that was detected.", [
    "/evidence/*",
    "/statements/*[topic=chat]",
    "/statements/*[topic=note]",
  ]),
  item("how-detected", "How it was detected.", ["/claims/*", "/statements/*[path=uk-direct/how-detected]"]),
  item("platform", "The service on which it was detected.", ["/incident/platform", "/incident/channel"]),
  item("previous-report", "Earlier reports of the same matter, with the agency's reference.", [
    "/references/*[kind=prior-report]",
  ]),
  item("upload-time", "When the content was uploaded.", ["/evidence/*/uploadedAt"]),
  item("upload-connection", "The IP address from which it was uploaded.", [
    "/evidence/*/events",
    "/persons/*/events/*[kind=upload|send]",
  ]),
  item("upload-port", "The port of that address.", ["/persons/*/events/*/port"], "upload-connection"),
  item(
    "upload-connection-time",
    "The time at which the address was used.",
    ["/persons/*/events/*/moment"],
    "upload-connection",
  ),
  item("exif", "The EXIF data of the content.", ["/evidence/*/details/*[group=EXIF]"]),
  item("content-url", "The address (URL) of the content.", [
    "/evidence/*/location",
    "/incident/channel[kind=web-page]",
  ]),
  item("original-hash", "The hash value of the original.", ["/evidence/*/declaredHashes"]),
  item("username", "The user's names on the service.", [
    "/persons/*/identifiers/*[kind=account|screen-name|display-name]",
  ]),
  item("email", "The user's e-mail address.", ["/persons/*/identifiers/*[kind=email]"]),
  item("recovery-email", "The e-mail address for recovering the account.", [
    "/persons/*/identifiers/*[kind=email][label=recovery]",
  ]),
  item("phone", "The user's telephone number.", ["/persons/*/identifiers/*[kind=phone]"]),
  item(
    "phone-verified-on",
    "When the telephone number was verified.",
    ["/persons/*/identifiers/*[kind=phone]/verifiedAt"],
    "phone",
  ),
  item("profile-url", "The address of the user's profile.", ["/persons/*/identifiers/*[kind=profile-url]"]),
  item("billing", "Billing details.", [
    "/persons/*/identifiers/*[kind=payment]",
    "/persons/*/places/*[addressKind=billing]",
    "/persons/*[associatedWith/how=billing]",
  ]),
  item("identity-documents", "Identity documents that the provider holds.", [
    "/statements/*[path=uk-direct/identity-documents]",
  ]),
  item("linked-accounts", "Connections with other accounts.", [
    "/persons/*[associatedWith/how=linked]",
    "/persons/*/identifiers/*[kind=group]",
  ]),
  item("login-connections", "The IP addresses of logins in the three months before.", [
    "/persons/*/events/*[kind=login]",
  ]),
];

/** How far back logins are asked for. The sources do not say from when it counts; we count from the making of the report. */
export const LOGIN_MONTHS = 3;

export const UK_PRIORITIES = ["P1", "P2", "P3"] as const;
export type UkPriority = (typeof UK_PRIORITIES)[number];

/** How soon a report of each priority is made. The law has no hours; `houseHours` is ours, so that a desk can warn. */
export const UK_PRIORITY_CLOCKS: Readonly<
  Record<UkPriority, { when: string; law: string; houseHours: number; provision: string }>
> = {
  P1: {
    when: "There is an immediate threat to life or of serious harm.",
    law: "immediately",
    houseHours: 1,
    provision: "SI 2026/268, by secondary sources",
  },
  P2: {
    when: "Serious harm is likely in the near future.",
    law: "as soon as reasonably practicable",
    houseHours: 24,
    provision: "SI 2026/268, by secondary sources",
  },
  P3: {
    when: "Everything else.",
    law: "without undue delay",
    houseHours: 72,
    provision: "SI 2026/268, by secondary sources",
  },
};

/** What links content to the United Kingdom for a provider that is established elsewhere (s.70 of the Act). */
export const UK_LINKS = ["place", "suspect-nationality", "suspect-location", "victim-location"] as const;
export type UkLinkBasis = (typeof UK_LINKS)[number];

/** What a provider keeps, and for how long (reg 8). */
export const UK_RETENTION = {
  provision: "SI 2026/268 reg 8",
  /** From the agency's issue of it. */
  referenceYears: 5,
  /** From the sending of the report: content, what was submitted, what the judgement rested on, the user's relevant data. */
  contentYears: 1,
  /** Before the upload, creation, sharing or receipt: files of five kinds, which the sources do not name (reg 8(2)). */
  relevantDataDays: 14,
} as const;

/** Days in which a question of the agency or a need to correct is answered: as soon as practicable, and at most this. */
export const SUBSEQUENT_REPORT_DAYS = 7;
