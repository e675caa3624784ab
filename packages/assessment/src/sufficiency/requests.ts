import type { AttributeName } from "./attribute.ts";
import type { LevelFlags } from "./level.ts";
import type { SufficiencyCode } from "./messages.ts";

/** A question that would raise the level, as data (agency.md 4.3). */
export interface RequestRule {
  id: string;
  attribute: AttributeName;
  /** Ranks of the attribute at which the question makes sense. */
  at: readonly number[];
  /** The rank that a good answer gives. */
  to: number;
  /** Other attributes that the same answer raises. */
  also?: readonly { attribute: AttributeName; to: number }[];
  /** A question about facts that are there: it helps when its answer cures all that holds one of them. */
  cures?: readonly SufficiencyCode[];
  /** A question for these holds only. */
  heldBy?: readonly SufficiencyCode[];
  /** A level flag that the answer sets. */
  sets?: keyof LevelFlags;
  askWhom: string;
  askFor: string;
  route: { uk: string; us: string };
}

const PROVIDER_UK = "Request under the Online Safety Act reporting regulations (answer within 7 days)";
const PROVIDER_US = "Follow-up through NCMEC, or a subpoena";
const NETWORK_UK =
  "Communications data application, Investigatory Powers Act 2016 Part 3, through the single point of contact";

const TIME_CURES = [
  "attribution.zone-missing",
  "attribution.zone-assumed",
  "attribution.second-missing",
  "attribution.time-missing",
  "attribution.time-doubted",
] as const;

/** In the order in which equally useful questions are asked: what the station can do itself, then the cheapest for others. */
export const REQUEST_RULES: readonly RequestRule[] = [
  {
    id: "look-up-network",
    attribute: "attribution",
    at: [2],
    to: 3,
    cures: ["attribution.network-unknown", "attribution.country-unknown"],
    askWhom: "this station's network table",
    askFor: "the network and country behind the address",
    route: { uk: "none needed", us: "none needed" },
  },
  {
    id: "view-file",
    attribute: "offence",
    at: [2],
    to: 3,
    heldBy: ["offence.content-unviewed"],
    askWhom: "trained staff of the agency or clearinghouse",
    askFor: "a human view of this exact file, with grade and description",
    route: { uk: "The agency may view", us: "A search warrant where nobody has viewed the file before" },
  },
  {
    id: "send-file",
    attribute: "offence",
    at: [0, 1, 2],
    to: 3,
    askWhom: "the sender",
    askFor: "the file, whether a person viewed all of it, its grade, and the conversation around it",
    route: { uk: PROVIDER_UK, us: "Follow-up through NCMEC, or a search warrant" },
  },
  {
    id: "prove-origin",
    attribute: "offence",
    at: [2],
    to: 3,
    heldBy: ["offence.chat-text", "offence.origin-not-proven"],
    askWhom: "the provider",
    askFor: "proof of origin for the messages: franking data or server receipt, with message ids",
    route: { uk: NETWORK_UK, us: "Preservation letter (18 U.S.C. 2703(f)), then legal process" },
  },
  {
    id: "source-port",
    attribute: "attribution",
    at: [2],
    to: 3,
    cures: ["attribution.port-missing"],
    askWhom: "the provider",
    askFor:
      "source port and destination address of the event; failing those a device number or telephone number",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "time-zone",
    attribute: "attribution",
    at: [2],
    to: 3,
    also: [{ attribute: "time", to: 3 }],
    cures: TIME_CURES,
    askWhom: "the provider",
    askFor: "date, time with seconds and zone of the event",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "event-as-logged",
    attribute: "attribution",
    at: [2],
    to: 3,
    also: [{ attribute: "time", to: 3 }],
    cures: [...TIME_CURES, "attribution.address-doubted"],
    heldBy: ["attribution.address-doubted"],
    askWhom: "the provider",
    askFor: "the event as an export of its log, not retyped: address, port, date, time with seconds and zone",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "complete-event",
    attribute: "attribution",
    at: [2],
    to: 3,
    also: [{ attribute: "time", to: 3 }],
    cures: [
      ...TIME_CURES,
      "attribution.address-doubted",
      "attribution.port-missing",
      "attribution.event-unknown",
    ],
    askWhom: "the provider",
    askFor:
      "what was done in this event, its time with seconds and zone, source port and destination address",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "outside-the-vpn",
    attribute: "attribution",
    at: [2],
    to: 3,
    heldBy: ["attribution.network-hides", "attribution.proxy-stated"],
    askWhom: "the provider",
    askFor:
      "other events outside the hiding network, means of payment, push token, recovery e-mail and telephone number",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "event-address",
    attribute: "attribution",
    at: [2],
    to: 3,
    also: [{ attribute: "time", to: 3 }],
    askWhom: "the provider",
    askFor:
      "address, source port and time to the millisecond of each upload or sending, verified telephone number, and logins of three months",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "account-record",
    attribute: "attribution",
    at: [0, 1],
    to: 2,
    askWhom: "the provider",
    askFor: "the account behind the content: account id, e-mail, telephone number, logins of three months",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "resolve-two-events",
    attribute: "attribution",
    at: [3],
    to: 4,
    also: [{ attribute: "place", to: 3 }],
    askWhom: "network operators, at least two independent facts",
    askFor: "subscriber and installation address (not billing address) of at least two distinct events",
    route: { uk: NETWORK_UK, us: "Subpoena to each network operator" },
  },
  {
    id: "installation-address",
    attribute: "place",
    at: [0, 1, 2],
    to: 3,
    askWhom: "the network operator",
    askFor: "the installation address with postcode",
    route: { uk: NETWORK_UK, us: "Subpoena to the network operator" },
  },
  {
    id: "incident-time",
    attribute: "time",
    at: [0, 1],
    to: 3,
    askWhom: "the sender",
    askFor: "date, time and zone, and what the time means",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "later-events",
    attribute: "time",
    at: [2],
    to: 3,
    askWhom: "the provider",
    askFor: "later events of the same account, inside the retention window",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
  {
    id: "send-original",
    attribute: "integrity",
    at: [0, 1],
    to: 2,
    askWhom: "the sender",
    askFor: "the original bytes again, through an authenticated hand-in, with their hash",
    route: { uk: PROVIDER_UK, us: "Follow-up through NCMEC" },
  },
];

/** Questions that set a flag of the level instead of raising an attribute. */
export const FLAG_REQUESTS: readonly RequestRule[] = [
  {
    id: "identify-victim",
    attribute: "offence",
    at: [0, 1, 2, 3, 4],
    to: 0,
    sets: "victimIdentified",
    askWhom: "NCMEC, CAID or ICSE",
    askFor: "whether the series or the child is known",
    route: { uk: "Exchange with CAID and ICSE", us: "Child Victim Identification Program" },
  },
  {
    id: "recent-activity",
    attribute: "time",
    at: [0, 1, 2, 3],
    to: 0,
    sets: "current",
    askWhom: "the provider, and other agencies with an interest",
    askFor: "activity of the person within the currency limit",
    route: { uk: PROVIDER_UK, us: PROVIDER_US },
  },
];

/** What keeps data from being lost; it holds a level and does not raise it. */
export const PRESERVE = {
  id: "preserve",
  askWhom: "the provider and the network operator",
  askFor: "preservation of the data, and an expedited application",
  route: {
    uk: "Preservation request; expedite the communications data application",
    us: "Preservation letter, 18 U.S.C. 2703(f), 90 days and once more",
  },
} as const;
