/**
 * Closed lists of values on the wire. They are matched exactly: case and inner blanks count.
 * A list stands here once; the schema table, the generated XSD and the TypeScript types all read it from here.
 */

export const INCIDENT_TYPES = [
  "Child Pornography (possession, manufacture, and distribution)",
  "Child Sex Trafficking",
  "Child Sex Tourism",
  "Child Sexual Molestation",
  "Misleading Domain Name",
  "Misleading Words or Digital Images on the Internet",
  "Online Enticement of Children for Sexual Acts",
  "Unsolicited Obscene Material Sent to a Child",
] as const;
export type IncidentType = (typeof INCIDENT_TYPES)[number];

export const BATCH_REASONS = ["VIRAL_POTENTIAL_MEME"] as const;
export type BatchReason = (typeof BATCH_REASONS)[number];

export const PHONE_TYPES = ["Mobile", "Home", "Business", "Work", "Fax", "Internet", "Recovery"] as const;
export type PhoneType = (typeof PHONE_TYPES)[number];

export const EMAIL_TYPES = ["Home", "Work", "Business", "Recovery"] as const;
export type EmailType = (typeof EMAIL_TYPES)[number];

export const ADDRESS_TYPES = ["Home", "Business", "Billing", "Shipping", "Technical"] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

export const EVENT_NAMES = ["Login", "Registration", "Purchase", "Upload", "Other", "Unknown"] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export const ASSOCIATED_ACCOUNT_TYPES = [
  "Billing",
  "Linked",
  "Business",
  "Creator",
  "Parent/Guardian",
  "Other",
] as const;
export type AssociatedAccountType = (typeof ASSOCIATED_ACCOUNT_TYPES)[number];

export const FILE_RELEVANCES = ["Reported", "Supplemental Reported"] as const;
export type FileRelevance = (typeof FILE_RELEVANCES)[number];

export const INDUSTRY_CLASSIFICATIONS = ["A1", "A2", "B1", "B2"] as const;
export type IndustryClassification = (typeof INDUSTRY_CLASSIFICATIONS)[number];

export const DETAIL_TYPES = ["EXIF", "HASH"] as const;
export type DetailType = (typeof DETAIL_TYPES)[number];

/** Flags on a report. On the wire each is either absent or true. */
export const REPORT_ANNOTATIONS = [
  "sextortion",
  "csamSolicitation",
  "minorToMinorInteraction",
  "spam",
  "sadisticOnlineExploitation",
] as const;
export type ReportAnnotation = (typeof REPORT_ANNOTATIONS)[number];

/** Flags on a file. On the wire each is either absent or true. */
export const FILE_ANNOTATIONS = [
  "animeDrawingVirtualHentai",
  "potentialMeme",
  "viral",
  "possibleSelfProduction",
  "physicalHarm",
  "violenceGore",
  "bestiality",
  "liveStreaming",
  "infant",
  "generativeAi",
] as const;
export type FileAnnotation = (typeof FILE_ANNOTATIONS)[number];
