/** Everyone in a report: their names, handles, events, places, and what the sender states about them. */
import { type Identifier, type IdentifierKind, type Person, identifier } from "@fairlead/report";
import type {
  Email,
  PermanentlyDisabled,
  Person as WirePerson,
  Phone,
  TemporarilyDisabled,
} from "../document/common.ts";
import type { AccountHolder, AssociatedAccount } from "../document/people.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportNumber } from "../document/scalars.ts";
import {
  type Mapping,
  MOST_PERSONS,
  MOST_REFERENCES,
  claim,
  claimFlag,
  present,
  takeMoment,
  takeText,
  takeValue,
} from "./mapping.ts";
import { handlesPlatform, usablePlatform } from "./platform.ts";
import { toEstimatedPlace, toEvents, toPlace } from "./to-events.ts";
import { ASSOCIATION_WORDS } from "./vocabulary.ts";

/** Limits of the report's schema. */
const MOST_IDENTIFIERS = 5000;
const MOST_EVENTS = 10_000;
/** One less than the schema allows: the estimated location is a place, too. */
const MOST_ADDRESSES = 499;
const LONGEST_IDENTIFIER = 2100;

type Key = Person["key"];

function newPerson(mapping: Mapping, role: Person["role"], prefix: string): Person | undefined {
  if (mapping.persons.length >= MOST_PERSONS) return undefined;
  const number = (mapping.roles.get(role) ?? 0) + 1;
  mapping.roles.set(role, number);
  const key = `${role}-${String(number)}` as Key;
  const person: Person = { key, role, identifiers: [], events: [], places: [] };
  mapping.persons.push(person);
  mapping.owners.set(prefix, key);
  // Of an empty element this is the whole value; of any other it is none.
  mapping.ledger.take(prefix);
  return person;
}

/** Adds a handle. One that names nobody ("unknown") is none, and stays a statement. */
function addIdentifier(
  mapping: Mapping,
  person: Person,
  kind: IdentifierKind,
  path: string,
  raw: string | undefined,
  platform?: string,
): Identifier | undefined {
  if (raw === undefined || raw.length > LONGEST_IDENTIFIER || person.identifiers.length >= MOST_IDENTIFIERS) {
    return undefined;
  }
  const made = identifier(kind, raw, { platform });
  if (made === undefined) return undefined;
  mapping.ledger.take(path);
  person.identifiers.push(made);
  return made;
}

function addContact(
  mapping: Mapping,
  person: Person,
  kind: "phone" | "email",
  path: string,
  contact: Phone | Email,
): void {
  const made = addIdentifier(mapping, person, kind, path, contact.value);
  if (made === undefined) return;
  const label = takeValue(mapping, `${path}/@type`, contact.type);
  const verified = takeValue(mapping, `${path}/@verified`, contact.verified);
  const verifiedAt = takeMoment(mapping, `${path}/@verificationDate`, contact.verificationDate);
  if (label !== undefined) made.label = label;
  if (verified !== undefined) made.verified = verified ? "yes" : "no";
  if (verifiedAt !== undefined) made.verifiedAt = verifiedAt;
  if (kind === "email" || !("countryCallingCode" in contact)) return;
  // The calling code itself stays a statement beside the number as sent; here it only helps to read the number.
  const dialled = identifier("phone", `${contact.countryCallingCode} ${contact.value}`);
  if (dialled?.normalised !== true) return;
  made.value = dialled.value;
  made.normalised = true;
}

/** Name, birth, telephone, e-mail and addresses. */
function addPerson(
  mapping: Mapping,
  person: Person,
  path: string,
  wire: WirePerson | AssociatedAccount | undefined,
): void {
  if (wire === undefined) return;
  const { firstName, lastName, dateOfBirth } = wire;
  const middleName = "middleName" in wire ? wire.middleName : undefined;
  const age = "age" in wire ? wire.age : undefined;
  const approximateAge = "approximateAge" in wire ? wire.approximateAge : undefined;
  const plainBirth =
    dateOfBirth !== undefined && /^(?!0000)\d{4}-\d\d-\d\d$/.test(dateOfBirth) ? dateOfBirth : undefined;
  Object.assign(
    person,
    present({
      firstName: takeText(mapping, `${path}/firstName`, firstName, 256),
      middleName: takeText(mapping, `${path}/middleName`, middleName, 256),
      lastName: takeText(mapping, `${path}/lastName`, lastName, 256),
      ageYears:
        takeValue(mapping, `${path}/age`, age) ??
        takeValue(mapping, `${path}/approximateAge`, approximateAge),
      dateOfBirth: takeValue(mapping, `${path}/dateOfBirth`, plainBirth),
    }),
  );
  for (const [index, phone] of (wire.phone ?? []).entries()) {
    addContact(mapping, person, "phone", `${path}/phone[${String(index + 1)}]`, phone);
  }
  for (const [index, email] of (wire.email ?? []).entries()) {
    addContact(mapping, person, "email", `${path}/email[${String(index + 1)}]`, email);
  }
  for (const [index, address] of (wire.address ?? []).slice(0, MOST_ADDRESSES).entries()) {
    person.places.push(toPlace(mapping, `${path}/address[${String(index + 1)}]`, address));
  }
}

function addDisabled(
  mapping: Mapping,
  key: Key,
  path: string,
  permanent: boolean,
  state: TemporarilyDisabled | PermanentlyDisabled | undefined,
): void {
  if (state === undefined) return;
  const reenabledDate = "reenabledDate" in state ? state.reenabledDate : undefined;
  const stated = claim(
    mapping,
    { kind: "person", key },
    present({
      kind: "account-disabled",
      permanent,
      value: state.value,
      disabledAt: takeMoment(mapping, `${path}/@disabledDate`, state.disabledDate),
      userNotified: takeValue(mapping, `${path}/@userNotified`, state.userNotified),
      userNotifiedAt: takeMoment(mapping, `${path}/@userNotifiedDate`, state.userNotifiedDate),
      reenabledAt: takeMoment(mapping, `${path}/@reenabledDate`, reenabledDate),
    }),
  );
  if (stated) mapping.ledger.take(path);
}

function addPriorReports(
  mapping: Mapping,
  key: Key,
  path: string,
  numbers: readonly ReportNumber[] | undefined,
): void {
  for (const [index, number] of (numbers ?? []).entries()) {
    if (mapping.references.length >= MOST_REFERENCES) return;
    mapping.references.push({ kind: "prior-report", issuer: mapping.issuer, value: number, person: key });
    mapping.ledger.take(`${path}[${String(index + 1)}]`);
  }
}

type Account = Omit<AccountHolder, "priorCTReports" | "estimatedLocation" | "espService"> & {
  readonly groupIdentifier?: string;
};

/** Handles on the platform, events, and the state of the account. */
function addAccount(
  mapping: Mapping,
  person: Person,
  path: string,
  account: Account,
  platform: string | undefined,
): void {
  addIdentifier(mapping, person, "account", `${path}/espIdentifier`, account.espIdentifier, platform);
  addIdentifier(mapping, person, "screen-name", `${path}/screenName`, account.screenName, platform);
  for (const [index, name] of (account.displayName ?? []).entries()) {
    addIdentifier(
      mapping,
      person,
      "display-name",
      `${path}/displayName[${String(index + 1)}]`,
      name,
      platform,
    );
  }
  for (const [index, url] of (account.profileUrl ?? []).entries()) {
    addIdentifier(mapping, person, "profile-url", `${path}/profileUrl[${String(index + 1)}]`, url, platform);
  }
  addIdentifier(mapping, person, "group", `${path}/groupIdentifier`, account.groupIdentifier, platform);
  person.events.push(
    ...toEvents(mapping, path, account.ipCaptureEvent ?? [], account.deviceId ?? [], MOST_EVENTS),
  );
  const about = { kind: "person", key: person.key } as const;
  claimFlag(mapping, about, "compromised-account", `${path}/compromisedAccount`, account.compromisedAccount);
  claimFlag(mapping, about, "all-emails-reported", `${path}/allEmailsReported`, account.allEmailsReported);
  const { accountTemporarilyDisabled: temporarily, accountPermanentlyDisabled: permanently } = account;
  addDisabled(mapping, person.key, `${path}/accountTemporarilyDisabled`, false, temporarily);
  addDisabled(mapping, person.key, `${path}/accountPermanentlyDisabled`, true, permanently);
}

function addHolder(
  mapping: Mapping,
  person: Person,
  path: string,
  holder: AccountHolder,
  platform: string | undefined,
): void {
  addAccount(mapping, person, path, holder, platform);
  addPriorReports(mapping, person.key, `${path}/priorCTReports`, holder.priorCTReports);
  if (holder.estimatedLocation === undefined) return;
  person.places.push(toEstimatedPlace(mapping, `${path}/estimatedLocation`, holder.estimatedLocation));
}

function addAssociated(mapping: Mapping, owner: Key, path: string, account: AssociatedAccount): void {
  const person = newPerson(mapping, "associated", path);
  if (person === undefined) return;
  mapping.ledger.take(`${path}/@type`);
  person.associatedWith = { key: owner, how: ASSOCIATION_WORDS[account.type] };
  addPerson(mapping, person, path, account);
  // The platform's name stays a statement: handles carry only its normalised form.
  addAccount(mapping, person, path, account, usablePlatform(account.platform?.value));
  const about = { kind: "person", key: person.key } as const;
  claimFlag(
    mapping,
    about,
    "third-party-user",
    `${path}/platform/@thirdPartyUser`,
    account.platform?.thirdPartyUser,
  );
  addPriorReports(mapping, person.key, `${path}/priorCTReport`, account.priorCTReport);
}

function addAll<Wire>(
  items: readonly Wire[] | undefined,
  path: string,
  add: (item: Wire, path: string) => void,
): void {
  for (const [index, item] of (items ?? []).entries()) add(item, `${path}[${String(index + 1)}]`);
}

/** Adds everyone: reported users, recipients, victims, their associated accounts, the reporter and the contact. */
export function addPeople(mapping: Mapping, document: CyberTiplineReport): void {
  const platform = handlesPlatform(document.incidentSummary.platform, mapping.sender);
  addAll(document.personOrUserReported, "/report/personOrUserReported", (user, path) => {
    const person = newPerson(mapping, "suspect", path);
    if (person === undefined) return;
    addPerson(mapping, person, `${path}/personOrUserReportedPerson`, user.personOrUserReportedPerson);
    addHolder(mapping, person, path, user, user.thirdPartyUserReported === true ? undefined : platform);
    const about = { kind: "person", key: person.key } as const;
    claimFlag(
      mapping,
      about,
      "third-party-user",
      `${path}/thirdPartyUserReported`,
      user.thirdPartyUserReported,
    );
    Object.assign(
      person,
      present({ vehicle: takeText(mapping, `${path}/vehicleDescription`, user.vehicleDescription, 300) }),
    );
    addAll(user.associatedAccount, `${path}/associatedAccount`, (account, at) => {
      addAssociated(mapping, person.key, at, account);
    });
  });
  addAll(document.intendedRecipient, "/report/intendedRecipient", (recipient, path) => {
    const person = newPerson(mapping, "recipient", path);
    if (person === undefined) return;
    addPerson(mapping, person, `${path}/intendedRecipientPerson`, recipient.intendedRecipientPerson);
    addHolder(mapping, person, path, recipient, platform);
  });
  addAll(document.victim, "/report/victim", (victim, path) => {
    const person = newPerson(mapping, "victim", path);
    if (person === undefined) return;
    mapping.ledger.take(`${path}/victimPerson`);
    addPerson(mapping, person, `${path}/victimPerson`, victim.victimPerson);
    addHolder(mapping, person, path, victim, platform);
    Object.assign(
      person,
      present({ school: takeText(mapping, `${path}/schoolName`, victim.schoolName, 255) }),
    );
    addAll(victim.associatedAccount, `${path}/associatedAccount`, (account, at) => {
      addAssociated(mapping, person.key, at, account);
    });
  });
  const reporter = newPerson(mapping, "reporter", "/report/reporter/reportingPerson");
  if (reporter !== undefined) {
    addPerson(mapping, reporter, "/report/reporter/reportingPerson", document.reporter.reportingPerson);
  }
  if (document.reporter.contactPerson === undefined) return;
  const contact = newPerson(mapping, "contact", "/report/reporter/contactPerson");
  if (contact === undefined) return;
  addPerson(mapping, contact, "/report/reporter/contactPerson", document.reporter.contactPerson);
}
