/** Persons of a report as the wire's people and accounts. */
import { type Identifier, type Person, platformKey } from "@fairlead/report";
import type { ContactPerson, Email, Person as WirePerson, Phone } from "../document/common.ts";
import type {
  AssociatedAccount,
  IntendedRecipient,
  PersonOrUserReported,
  Victim,
} from "../document/people.ts";
import { type ReportNumber, parseReportNumber } from "../document/scalars.ts";
import { EMAIL_TYPES, PHONE_TYPES } from "../schema/enumerations.ts";
import { handlesPlatform } from "./platform.ts";
import { writeAddress, writeEstimated, writeEvents } from "./from-events.ts";
import { ASSOCIATION_WORDS, wireWord } from "./vocabulary.ts";
import {
  type At,
  type Writing,
  changed,
  lost,
  saysAnything,
  sent,
  takeClaim,
  takeFlag,
  writeMoment,
} from "./writing.ts";

interface Indexed<T> {
  readonly item: T;
  readonly pointer: string;
}

function indexed<T>(items: readonly T[], pointer: string): readonly Indexed<T>[] {
  return items.map((item, index) => ({ item, pointer: `${pointer}/${String(index)}` }));
}

function ofKind({ person, pointer }: At, kind: Identifier["kind"]): readonly Indexed<Identifier>[] {
  return indexed(person.identifiers, `${pointer}/identifiers`).filter(({ item }) => item.kind === kind);
}

/** A handle that is no contact: only its text travels. */
function textOf(writing: Writing, { item, pointer }: Indexed<Identifier>): string {
  const message = "The wire says whether a contact was verified, not another handle.";
  if (item.verified !== "unknown") lost(writing, `${pointer}/verified`, message);
  if (item.verifiedAt !== undefined) lost(writing, `${pointer}/verifiedAt`, message);
  if (item.label !== undefined) lost(writing, `${pointer}/label`, "The wire has no label for this handle.");
  return item.raw;
}

/** The one handle of a kind of which the wire takes one. */
function single(writing: Writing, at: At, kind: Identifier["kind"]): string | undefined {
  const [first, ...others] = ofKind(at, kind);
  for (const { pointer } of others) lost(writing, pointer, `The wire takes one ${kind} of a person.`);
  return first === undefined ? undefined : textOf(writing, first);
}

function several(writing: Writing, at: At, kind: Identifier["kind"]): readonly string[] {
  return ofKind(at, kind).map((found) => textOf(writing, found));
}

function label<Type extends string>(
  writing: Writing,
  { item, pointer }: Indexed<Identifier>,
  types: readonly Type[],
): Type | undefined {
  const type = types.find((each) => each === item.label);
  if (type === undefined && item.label !== undefined) {
    lost(writing, `${pointer}/label`, "The wire has no word for this label.");
  }
  return type;
}

function verification(
  writing: Writing,
  { item, pointer }: Indexed<Identifier>,
): Pick<Phone, "verified" | "verificationDate"> {
  return sent({
    verified: item.verified === "unknown" ? undefined : item.verified === "yes",
    verificationDate: writeMoment(writing, `${pointer}/verifiedAt`, item.verifiedAt),
  });
}

function writePhone(writing: Writing, found: Indexed<Identifier>): Phone {
  return sent({
    value: found.item.raw,
    type: label(writing, found, PHONE_TYPES),
    ...verification(writing, found),
  });
}

function writeEmail(writing: Writing, found: Indexed<Identifier>): Email {
  return sent({
    value: found.item.raw,
    type: label(writing, found, EMAIL_TYPES),
    ...verification(writing, found),
  });
}

function writeBase(writing: Writing, at: At): WirePerson {
  const { person, pointer } = at;
  const addresses = indexed(person.places, `${pointer}/places`).filter(
    ({ item }) => item.basis === "declared" || item.basis === "resolved",
  );
  return sent({
    firstName: person.firstName,
    lastName: person.lastName,
    phone: ofKind(at, "phone").map((found) => writePhone(writing, found)),
    email: ofKind(at, "email").map((found) => writeEmail(writing, found)),
    address: addresses.map(({ item, pointer: place }) => writeAddress(writing, item, place)),
    age: person.ageYears,
    dateOfBirth: person.dateOfBirth,
  });
}

/** Notes what a person of this kind cannot have on the wire. */
function refuse(
  writing: Writing,
  { person, pointer }: At,
  names: readonly ("middleName" | "school" | "vehicle")[],
): void {
  for (const name of names) {
    if (person[name] !== undefined)
      lost(writing, `${pointer}/${name}`, `The wire has no ${name} for this person.`);
  }
}

function writeDisabled(writing: Writing, at: At, permanent: boolean) {
  const about = { kind: "person", key: at.person.key } as const;
  const taken = takeClaim(writing, about, "account-disabled", (states) => states.permanent === permanent);
  if (taken === undefined) return undefined;
  const { states: state, pointer } = taken;
  if (permanent && state.reenabledAt !== undefined) {
    lost(writing, pointer, "The wire has no day of return for an account that is disabled for good.");
  }
  return sent({
    value: state.value,
    disabledDate: writeMoment(writing, pointer, state.disabledAt),
    userNotified: state.userNotified,
    userNotifiedDate: writeMoment(writing, pointer, state.userNotifiedAt),
    reenabledDate: permanent ? undefined : writeMoment(writing, pointer, state.reenabledAt),
  });
}

function writeAccount(writing: Writing, at: At) {
  const { person, pointer } = at;
  const about = { kind: "person", key: person.key } as const;
  for (const { pointer: handle } of [...ofKind(at, "payment"), ...ofKind(at, "device")]) {
    lost(writing, handle, "The wire has no place for this handle outside an event.");
  }
  return sent({
    espIdentifier: single(writing, at, "account"),
    compromisedAccount: takeFlag(writing, about, "compromised-account"),
    screenName: single(writing, at, "screen-name"),
    displayName: several(writing, at, "display-name"),
    profileUrl: several(writing, at, "profile-url"),
    ...writeEvents(writing, person.events, `${pointer}/events`),
    groupIdentifier: single(writing, at, "group"),
    accountTemporarilyDisabled: writeDisabled(writing, at, false),
    accountPermanentlyDisabled: writeDisabled(writing, at, true),
    allEmailsReported: takeFlag(writing, about, "all-emails-reported"),
  });
}

/**
 * Numbers of earlier reports about a person. Only those that this wire's issuer gave: the same digits from elsewhere would
 * name somebody else's report.
 */
function priorNumbers(writing: Writing, key: Person["key"]): readonly ReportNumber[] {
  const { report, issuer, usedReferences } = writing;
  return report.references.flatMap((reference, index) => {
    const { kind, value, person } = reference;
    if (kind !== "prior-report" || person !== key || reference.issuer !== issuer) return [];
    const number = parseReportNumber(value);
    if (number === undefined || number !== value) return [];
    usedReferences.add(index);
    return [number];
  });
}

/** Telephone numbers and mailboxes belong to no platform on this wire; other handles do. */
function isOfPlatform({ kind }: Identifier): boolean {
  return kind !== "phone" && kind !== "email";
}

/** Notes handles that live elsewhere than the wire will have it. */
function checkPlatform(writing: Writing, { person, pointer }: At, platform: string | undefined): void {
  for (const { item, pointer: handle } of indexed(person.identifiers, `${pointer}/identifiers`)) {
    if (item.platform === undefined || (isOfPlatform(item) && item.platform === platform)) continue;
    lost(writing, `${handle}/platform`, "The wire cannot say that this handle is of another platform.");
  }
}

function platformOf({ report }: Writing, thirdParty: boolean | undefined): string | undefined {
  const name = thirdParty === true ? undefined : handlesPlatform(report.incident.platform, report.sender);
  return name === undefined ? undefined : platformKey(name);
}

function estimated(writing: Writing, { person, pointer }: At) {
  const [first, ...others] = indexed(person.places, `${pointer}/places`).filter(
    ({ item }) => item.basis === "estimated" || item.basis === "ip-country",
  );
  for (const { pointer: place } of others)
    lost(writing, place, "The wire takes one estimated location of a person.");
  if (first === undefined) return undefined;
  if (first.item.basis === "ip-country")
    changed(writing, `${first.pointer}/basis`, "The wire calls every estimate an estimated location.");
  return writeEstimated(writing, first.item, first.pointer);
}

function writeHolder(writing: Writing, at: At) {
  return sent({
    ...writeAccount(writing, at),
    priorCTReports: priorNumbers(writing, at.person.key),
    estimatedLocation: estimated(writing, at),
  });
}

function associatedWith({ associated }: Writing, owner: Person): readonly At[] {
  return associated.get(owner.key) ?? [];
}

function writeAssociated(writing: Writing, at: At): AssociatedAccount {
  const { person, pointer } = at;
  writing.writtenPersons.add(person.key);
  refuse(writing, at, ["school", "vehicle"]);
  const type = wireWord(ASSOCIATION_WORDS, person.associatedWith?.how ?? "");
  if (type === undefined) {
    changed(writing, `${pointer}/associatedWith/how`, 'The wire has no word for this; it says "Other".');
  }
  const { age, ...base } = writeBase(writing, at);
  if (estimated({ ...writing, omissions: [] }, at) !== undefined) {
    lost(writing, `${pointer}/places`, "The wire has no estimated location for an associated account.");
  }
  const platform = person.identifiers.find(
    (each) => isOfPlatform(each) && each.platform !== undefined,
  )?.platform;
  checkPlatform(writing, at, platform);
  const thirdPartyUser = takeFlag(writing, { kind: "person", key: person.key }, "third-party-user");
  const named = platform !== undefined || thirdPartyUser !== undefined;
  return sent({
    type: type ?? "Other",
    platform: named ? sent({ value: platform ?? "", thirdPartyUser }) : undefined,
    ...base,
    middleName: person.middleName,
    approximateAge: age,
    ...writeAccount(writing, at),
    priorCTReport: priorNumbers(writing, person.key),
  });
}

export function writeReported(writing: Writing, at: At): PersonOrUserReported {
  writing.writtenPersons.add(at.person.key);
  refuse(writing, at, ["middleName", "school"]);
  const base = writeBase(writing, at);
  const about = { kind: "person", key: at.person.key } as const;
  const thirdPartyUserReported = takeFlag(writing, about, "third-party-user");
  checkPlatform(writing, at, platformOf(writing, thirdPartyUserReported));
  return sent({
    personOrUserReportedPerson: saysAnything(base) ? base : undefined,
    vehicleDescription: at.person.vehicle,
    ...writeHolder(writing, at),
    thirdPartyUserReported,
    associatedAccount: associatedWith(writing, at.person).map((each) => writeAssociated(writing, each)),
  });
}

export function writeRecipient(writing: Writing, at: At): IntendedRecipient {
  writing.writtenPersons.add(at.person.key);
  refuse(writing, at, ["middleName", "school", "vehicle"]);
  checkPlatform(writing, at, platformOf(writing, undefined));
  const base = writeBase(writing, at);
  return sent({
    intendedRecipientPerson: saysAnything(base) ? base : undefined,
    ...writeHolder(writing, at),
  });
}

export function writeVictim(writing: Writing, at: At): Victim {
  writing.writtenPersons.add(at.person.key);
  refuse(writing, at, ["middleName", "vehicle"]);
  checkPlatform(writing, at, platformOf(writing, undefined));
  const { groupIdentifier: _, ...holder } = writeHolder(writing, at);
  for (const { pointer } of ofKind(at, "group").slice(0, 1)) {
    lost(writing, pointer, "The wire has no group of a victim.");
  }
  return sent({
    victimPerson: writeBase(writing, at),
    ...holder,
    schoolName: at.person.school,
    associatedAccount: associatedWith(writing, at.person).map((each) => writeAssociated(writing, each)),
  });
}

/** Someone of whom the wire takes a name and ways to reach them. */
function writeReachable(writing: Writing, at: At): WirePerson {
  writing.writtenPersons.add(at.person.key);
  refuse(writing, at, ["middleName", "school", "vehicle"]);
  for (const { item, pointer } of indexed(at.person.identifiers, `${at.pointer}/identifiers`)) {
    if (item.kind !== "phone" && item.kind !== "email") {
      lost(writing, pointer, "The wire has no such handle of this person.");
    }
  }
  for (const { pointer } of indexed(at.person.events, `${at.pointer}/events`)) {
    lost(writing, pointer, "The wire has no events of this person.");
  }
  for (const { item, pointer } of indexed(at.person.places, `${at.pointer}/places`)) {
    if (item.basis === "estimated" || item.basis === "ip-country") {
      lost(writing, pointer, "The wire has no estimated location of this person.");
    }
  }
  checkPlatform(writing, at, undefined);
  return writeBase(writing, at);
}

export function writeReporter(writing: Writing, at: At): WirePerson {
  return writeReachable(writing, at);
}

export function writeContact(writing: Writing, at: At): ContactPerson {
  const { age, dateOfBirth, ...contact } = writeReachable(writing, at);
  if (age !== undefined) lost(writing, `${at.pointer}/ageYears`, "The wire has no age of a contact.");
  if (dateOfBirth !== undefined)
    lost(writing, `${at.pointer}/dateOfBirth`, "The wire has no birth of a contact.");
  return contact;
}
