/**
 * The table against a second transcription of the reference: short enough to be read beside it. `?` at most once, `*` any
 * number, `+` at least once; attributes follow `@`, with `!` if required.
 */
import assert from "node:assert/strict";
import { it } from "node:test";
import { ROOTS } from "./documents.ts";
import { type ComplexType, type ElementDeclaration, elementsOf } from "./model.ts";
import { COUNTRIES, US_STATES } from "./places.ts";

const WIRE: Readonly<Record<string, string>> = {
  report:
    "batchedReport? incidentSummary internetDetails* lawEnforcement? reporter personOrUserReported* intendedRecipient* " +
    "victim* additionalInfo?",
  batchedReport: "@reason!",
  incidentSummary:
    "incidentType platform? escalateToHighPriority? reportAnnotations? incidentDateTime incidentDateTimeDescription?",
  reportAnnotations:
    "sextortion? csamSolicitation? minorToMinorInteraction? spam? sadisticOnlineExploitation?",
  internetDetails:
    "webPageIncident emailIncident newsgroupIncident chatImIncident onlineGamingIncident cellPhoneIncident " +
    "nonInternetIncident peer2peerIncident",
  webPageIncident: "@thirdPartyHostedContent url* additionalInfo?",
  emailIncident: "emailAddress* content? additionalInfo?",
  newsgroupIncident: "name? emailAddress* content? additionalInfo?",
  chatImIncident: "chatClient? chatRoomName? content? additionalInfo?",
  onlineGamingIncident: "gameName? console? content? additionalInfo?",
  cellPhoneIncident: "phoneNumber? latitude? longitude? additionalInfo?",
  nonInternetIncident: "locationName? incidentAddress* additionalInfo?",
  peer2peerIncident: "client? ipCaptureEvent* fileNames? additionalInfo?",
  lawEnforcement:
    "agencyName caseNumber? officerContact? reportedToLe? servedLegalProcessDomestic? servedLegalProcessInternational?",
  servedLegalProcessInternational: "@fleaCountry",
  reporter: "reportingPerson contactPerson? companyTemplate? termsOfService? legalURL?",
  personOrUserReported:
    "personOrUserReportedPerson? vehicleDescription? espIdentifier? espService? compromisedAccount? screenName? " +
    "displayName* profileUrl* profileBio? ipCaptureEvent* deviceId* thirdPartyUserReported? priorCTReports* " +
    "groupIdentifier? accountTemporarilyDisabled? accountPermanentlyDisabled? estimatedLocation? allEmailsReported? " +
    "associatedAccount* additionalInfo?",
  intendedRecipient:
    "intendedRecipientPerson? espIdentifier? espService? compromisedAccount? screenName? displayName* profileUrl* " +
    "profileBio? ipCaptureEvent* deviceId* priorCTReports* groupIdentifier? accountTemporarilyDisabled? " +
    "accountPermanentlyDisabled? estimatedLocation? allEmailsReported? additionalInfo*",
  victim:
    "victimPerson espIdentifier? espService? compromisedAccount? screenName? displayName* profileUrl* profileBio? " +
    "ipCaptureEvent* deviceId* schoolName? priorCTReports* accountTemporarilyDisabled? accountPermanentlyDisabled? " +
    "estimatedLocation? allEmailsReported? associatedAccount* additionalInfo?",
  temporarilyDisabled: "@disabledDate @userNotified @userNotifiedDate @reenabledDate",
  permanentlyDisabled: "@disabledDate @userNotified @userNotifiedDate",
  associatedAccount:
    "@type! platform? firstName? middleName? lastName? approximateAge? dateOfBirth? phone* email* allEmailsReported? " +
    "address* espService? espIdentifier? profileUrl* screenName? displayName* profileBio? groupIdentifier? " +
    "compromisedAccount? accountTemporarilyDisabled? accountPermanentlyDisabled? ipCaptureEvent* deviceId* " +
    "priorCTReport* additionalInfo?",
  associatedPlatform: "@thirdPartyUser",
  person: "firstName? lastName? phone* email* address* age? dateOfBirth?",
  contactPerson: "firstName? lastName? phone* email* address*",
  phone: "@type @verified @verificationDate @countryCallingCode @extension",
  email: "@type @verified @verificationDate",
  address: "@type address? city? zipCode? state? nonUsaState? country?",
  estimatedLocation: "@verified @timestamp city? region? countryCode?",
  ipCaptureEvent: "ipAddress eventName? dateTime? possibleProxy? port?",
  deviceId: "idType idValue eventName? dateTime?",
  fileDetails:
    "reportId fileId fileName? originalFileName? uploadedToEspTimestamp? locationOfFile? fileViewedByEsp? " +
    "exifViewedByEsp? publiclyAvailable? fileRelevance? potentialMeme?|fileAnnotations? industryClassification? " +
    "originalFileHash* ipCaptureEvent? deviceId* details* additionalInfo*",
  fileAnnotations:
    "animeDrawingVirtualHentai? potentialMeme? viral? possibleSelfProduction? physicalHarm? violenceGore? bestiality? " +
    "liveStreaming? infant? generativeAi?",
  originalFileHash: "@hashType!",
  details: "@type nameValuePair+",
  nameValuePair: "name value",
  reportResponse: "responseCode responseDescription reportId? fileId? hash?",
  reportDoneResponse: "responseCode reportId files",
  files: "fileId*",
};

function short({ name, required, repeats }: ElementDeclaration): string {
  const mark = repeats ? (required ? "+" : "*") : required ? "" : "?";
  return `${name}${mark}`;
}

function shape({ attributes, content }: ComplexType): string {
  const attributeNames = attributes.map(({ name, required }) => `@${name}${required ? "!" : ""}`);
  const elements =
    content.model === "sequence"
      ? content.particles.map((particle) =>
          particle.kind === "choice" ? particle.elements.map(short).join("|") : short(particle),
        )
      : elementsOf(content).map(short);
  return [...attributeNames, ...elements].join(" ");
}

function typesBelow(
  declaration: ElementDeclaration,
  found = new Map<string, ComplexType>(),
): Map<string, ComplexType> {
  const { type } = declaration;
  if (type.kind === "simple" || found.has(type.name)) return found;
  found.set(type.name, type);
  for (const child of elementsOf(type.content)) typesBelow(child, found);
  return found;
}

it("has the elements, order, cardinality and attributes of the reference", () => {
  const types = new Map(ROOTS.flatMap((root) => [...typesBelow(root)]));
  const shapes = Object.fromEntries([...types].map(([name, type]) => [name, shape(type)]));
  assert.deepEqual(shapes, WIRE);
});

it("has the content models of the reference", () => {
  const types = new Map(ROOTS.flatMap((root) => [...typesBelow(root)]));
  const models = (model: string): readonly string[] =>
    [...types.values()].filter(({ content }) => content.model === model).map(({ name }) => name);
  assert.deepEqual(models("all"), ["reportAnnotations", "fileAnnotations"]);
  assert.deepEqual(models("choice"), ["internetDetails"]);
  assert.deepEqual(models("empty"), ["batchedReport"]);
});

/** Maximum characters by type and field, as the reference has them; fields without a maximum are not named. */
const LENGTHS: Readonly<Record<string, string>> = {
  incidentSummary: "platform 256, escalateToHighPriority 3000, incidentDateTimeDescription 3000",
  webPageIncident: "url 2083",
  newsgroupIncident: "name 255",
  chatImIncident: "chatClient 255, chatRoomName 255",
  onlineGamingIncident: "gameName 255, console 255",
  nonInternetIncident: "locationName 255",
  peer2peerIncident: "client 255",
  lawEnforcement: "agencyName 255, caseNumber 100",
  reporter: "legalURL 2083",
  personOrUserReported:
    "vehicleDescription 300, espIdentifier 255, espService 100, screenName 256, displayName 255, profileUrl 2083, " +
    "groupIdentifier 255",
  intendedRecipient:
    "espIdentifier 255, espService 100, screenName 256, displayName 255, profileUrl 2083, groupIdentifier 255",
  victim:
    "espIdentifier 255, espService 100, screenName 256, displayName 255, profileUrl 2083, schoolName 255",
  associatedAccount:
    "platform 256, firstName 256, middleName 256, lastName 256, espService 256, espIdentifier 256, profileUrl 2083, " +
    "screenName 256, displayName 255, groupIdentifier 256",
  person: "firstName 100, lastName 100",
  contactPerson: "firstName 100, lastName 100",
  phone: "@extension 10, text 50",
  email: "text 255",
  address: "address 255, city 100, zipCode 20, nonUsaState 100",
  estimatedLocation: "city 255, region 255",
  deviceId: "idType 255, idValue 2083",
  fileDetails: "originalFileName 2056, locationOfFile 2083",
  originalFileHash: "@hashType 64",
  nameValuePair: "name 64",
};

it("has the lengths of the reference, and no others", () => {
  const types = new Map(ROOTS.flatMap((root) => [...typesBelow(root)]));
  const found: Record<string, string> = {};
  for (const [name, { attributes, content }] of types) {
    const text = content.model === "text" ? [{ name: "text", rule: content.rule }] : [];
    const fields = [
      ...attributes.map((each) => ({ name: `@${each.name}`, rule: each.rule })),
      ...text,
      ...elementsOf(content),
    ];
    const lengths = fields.flatMap((field) =>
      field.rule?.maxLength === undefined ? [] : [`${field.name} ${String(field.rule.maxLength)}`],
    );
    if (lengths.length > 0) found[name] = lengths.join(", ");
  }
  assert.deepEqual(found, LENGTHS);
});

it("wants the times of the reference in the past, and no others", () => {
  const types = new Map(ROOTS.flatMap((root) => [...typesBelow(root)]));
  const times: string[] = [];
  for (const [name, { attributes, content }] of types) {
    for (const field of [...attributes, ...elementsOf(content)]) {
      const { type, rule } = field;
      if (type.kind !== "simple" || (type.base !== "dateTime" && type.base !== "date")) continue;
      times.push(`${name} ${field.name}${rule?.past === true ? "" : " (any time)"}`);
    }
  }
  assert.deepEqual(times.sort(), [
    "associatedAccount dateOfBirth",
    "deviceId dateTime",
    "email verificationDate",
    "estimatedLocation timestamp",
    "fileDetails uploadedToEspTimestamp",
    "incidentSummary incidentDateTime",
    "ipCaptureEvent dateTime",
    "permanentlyDisabled disabledDate",
    "permanentlyDisabled userNotifiedDate",
    "person dateOfBirth",
    "phone verificationDate",
    "temporarilyDisabled disabledDate",
    "temporarilyDisabled reenabledDate (any time)",
    "temporarilyDisabled userNotifiedDate",
  ]);
});

it("lists the countries and states of the reference, the empty string among them", () => {
  assert.equal(COUNTRIES.length, 1 + 249 + 7);
  assert.equal(new Set(COUNTRIES).size, COUNTRIES.length);
  for (const code of ["", "GB", "GG", "IM", "JE", "A1", "A2", "O1", "EU", "FX", "AN", "XK"]) {
    assert.ok(COUNTRIES.includes(code), code);
  }
  assert.equal(US_STATES.length, 1 + 54);
  assert.equal(new Set(US_STATES).size, US_STATES.length);
});
