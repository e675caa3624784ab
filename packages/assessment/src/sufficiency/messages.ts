import type { ClaimSource } from "@fairlead/report";
import { fill, type Reason } from "../input/reason.ts";

/** Every reason that sufficiency gives, in an officer's words. The codes are stable; a desk may translate by them. */
export const SUFFICIENCY_TEXTS = {
  "offence.nothing-stated": "The sender chose an incident type and sent nothing that shows it.",
  "offence.metadata-only":
    "Only accounts, addresses or times were sent; what happened is inferred from them.",
  "offence.described": "The sender describes what happened in its own words.",
  "offence.flagged": "The offence rests on what somebody says about it ({what}), not on content.",
  "offence.hash-only": "A file is described or hashed, but was not sent.",
  "offence.classifier": "A classifier scored it; a score is an inference.",
  "offence.perceptual-match": "It resembles listed material ({list}); likeness is an inference.",
  "offence.unvetted-match": "It equals an item of a list that is not vetted or gives it no grade ({list}).",
  "offence.content-unviewed": "Content was sent; nobody is on record as having viewed all of it.",
  "offence.chat-text": "The words of a conversation were sent, without proof of where they come from.",
  "offence.known-item-not-sent":
    "It equals a vetted, graded item ({list}), but the file itself was not sent.",
  "offence.viewed": "The file was sent and its source says that it viewed all of it.",
  "offence.known-item": "The file was sent and equals a vetted, graded item ({list}).",
  "offence.franked": "The message was sent with cryptographic proof of its origin.",
  "offence.franked-conversation": "The whole conversation was sent with cryptographic proof of its origin.",
  "offence.graded": "Trained staff viewed it, graded it and described it.",
  "offence.graded-without-description": "Trained staff graded it, but wrote no description.",
  "offence.view-contradicted": "One source says both that it viewed the file and that it did not.",
  "offence.viewed-not-sent": "Somebody viewed the file, but it was not sent.",
  "offence.view-not-first-hand": "A view counts only from a platform, a hotline or a person of a station.",
  "offence.match-not-confirmed":
    "Only the sender says that the file equals a listed item; nobody else has compared it.",
  "offence.grade-not-by-trained-staff":
    "The grade does not come from trained staff of an agency, a force or a clearinghouse.",
  "offence.origin-not-proven": "Nothing proves that these messages were really sent.",
  "offence.franking-failed": "The check of the messages' origin failed.",

  "integrity.not-received": "No content was received; what it holds is hearsay.",
  "integrity.received": "Content was received.",
  "integrity.hash-differs":
    "The content received differs from the hash that the sender declared ({algorithm}).",
  "integrity.sender-unknown": "The sender was not authenticated.",
  "integrity.custody-broken": "The stored content no longer agrees with what was recorded at receipt.",
  "integrity.recorded": "The hash was recorded at receipt from an authenticated sender.",
  "integrity.original-hash-agrees":
    "The content agrees with the original hash that the sender declared ({algorithm}).",
  "integrity.no-declared-hash": "The sender declared no hash that could be compared.",
  "integrity.hand-offs-signed": "Every hand-off was signed.",
  "integrity.hand-offs-unsigned": "Not every hand-off is known to have been signed.",

  "attribution.nobody": "Nothing points to a person.",
  "attribution.self-asserted": "A name or handle of the person's own choosing ({kind}).",
  "attribution.account": "An account or handle that its provider can be asked about ({kind}).",
  "attribution.associated": "A handle of a connected account ({kind}).",
  "attribution.address": "An IP address.",
  "attribution.event-address":
    "The address of an upload or sending, with second and network, still within its window.",
  "attribution.event-address-late":
    "The address of an upload or sending, with second and network, past its window.",
  "attribution.verified-phone": "A telephone number that the provider verified.",
  "attribution.payment": "A means of payment.",
  "attribution.device": "A device number that a network knows ({label}).",
  "attribution.resolved":
    "At least two independent facts resolve to one subscriber at one installation address.",
  "attribution.address-unreadable": "The address is not one that can be looked up.",
  "attribution.login-address":
    "The address belongs to a login, registration or other event, not to the upload or sending.",
  "attribution.event-unknown": "The sender does not say what was done from this address.",
  "attribution.time-missing": "The event has no time.",
  "attribution.zone-missing": "The event's time has no zone.",
  "attribution.zone-assumed": "The zone of the event's time is an assumption.",
  "attribution.second-missing": "The event's time has no seconds.",
  "attribution.time-doubted": "The event's time may not be what it says. {doubt}",
  "attribution.address-doubted": "The address may not be what it says. {doubt}",
  "attribution.time-in-future": "The event's time has not happened yet.",
  "attribution.network-unknown": "Nobody has said what network is behind the address.",
  "attribution.network-hides": "The address belongs to a network that hides its user ({network}).",
  "attribution.proxy-stated": "The sender says that the address may be a proxy.",
  "attribution.port-missing": "The address is shared by a carrier's customers and there is no source port.",
  "attribution.country-unknown": "The country of the address is not known, or tables disagree.",
  "attribution.window-unknown": "No retention window is on file for networks of this country ({country}).",
  "attribution.window-passed": "The network's retention window has passed.",
  "attribution.phone-unverified": "The telephone number is not known to be verified.",
  "attribution.account-compromised":
    "The account is said to be compromised; its owner may not be the person.",
  "attribution.device-unproven": "The device number is not a valid IMEI or ICCID.",
  "attribution.not-resolved": "No network operator has been asked whom the facts resolve to.",
  "attribution.resolution-by-sender": "The sender's own statement is not an answer of a network operator.",
  "attribution.one-event-resolved": "Only one event was resolved; a second, independent one must agree.",
  "attribution.one-fact": "Only one independent fact points to the person.",
  "attribution.not-installation":
    "The resolved address is not known to be the installation address ({kind}).",
  "attribution.not-corroborated": "Nothing else corroborates the resolved address.",
  "attribution.resolutions-disagree": "Two resolutions name different places.",

  "place.unknown": "Nothing says where the person is.",
  "place.country": "A country is stated or follows from a network table ({country}).",
  "place.declared": "An address or part of one was declared; it hints at a force.",
  "place.resolved": "An installation address was resolved.",
  "place.geolocation-only": "The place comes from geolocation, which does not tell a force.",
  "place.not-installation": "The resolved address is not known to be the installation address ({kind}).",
  "place.postcode-missing": "The resolution gives no postcode.",
  "place.resolved-by-sender":
    "The sender says that the address is resolved; only an operator's answer counts.",
  "place.not-resolved": "No address has been resolved.",

  "time.none": "Nothing says when it happened.",
  "time.ambiguous": "A time is stated, but it is not certain.",
  "time.exact": "An exact time, for which the data are no longer known to be kept.",
  "time.in-window": "An exact time, for which the data are still kept.",
  "time.zone-missing": "The time has no zone.",
  "time.zone-assumed": "The zone of the time is an assumption.",
  "time.meaning-unknown": "The sender does not say what the time means.",
  "time.doubted": "The time may not be what it says. {doubt}",
  "time.in-future": "The time has not happened yet.",
  "time.window-passed": "The retention window has passed.",
  "time.window-unknown": "No retention window is known for this time.",

  "level.safeguard":
    "A child can be looked for: content shows an offence and the report identifies the victim.",
  "level.metadata-alone": "Metadata alone never supports more than intelligence.",
  "level.not-current": "The newest activity is older than {days} days.",
  "victim.unknown": "The report does not identify the child.",
} as const satisfies Record<string, string>;

export type SufficiencyCode = keyof typeof SUFFICIENCY_TEXTS;

/** Reasons that say "not known" rather than "known to be bad". Unknown is its own value and never means no. */
export const UNKNOWN_CODES: ReadonlySet<string> = new Set<SufficiencyCode>([
  "offence.content-unviewed",
  "offence.match-not-confirmed",
  "offence.origin-not-proven",
  "integrity.no-declared-hash",
  "integrity.hand-offs-unsigned",
  "attribution.event-unknown",
  "attribution.time-missing",
  "attribution.zone-missing",
  "attribution.zone-assumed",
  "attribution.second-missing",
  "attribution.time-doubted",
  "attribution.address-doubted",
  "attribution.network-unknown",
  "attribution.port-missing",
  "attribution.country-unknown",
  "attribution.window-unknown",
  "attribution.phone-unverified",
  "attribution.not-resolved",
  "place.unknown",
  "place.postcode-missing",
  "place.not-resolved",
  "time.none",
  "time.zone-missing",
  "time.zone-assumed",
  "time.doubted",
  "time.meaning-unknown",
  "time.window-unknown",
]);

/** A reason from the catalogue. */
export function because(
  code: SufficiencyCode,
  path: string,
  source: ClaimSource,
  values?: Readonly<Record<string, string | number>>,
): Reason {
  return { code, path, text: fill(SUFFICIENCY_TEXTS[code], values), source };
}
