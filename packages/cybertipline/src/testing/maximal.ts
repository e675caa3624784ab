/**
 * Documents that use every element and attribute of the wire once. They are typed so that the compiler refuses them as soon
 * as one property of the types is missing here, and a test refuses them as soon as one element of the table is: so the
 * types, the table and these documents cannot drift apart. For tests only.
 */
import type {
  Address,
  ContactPerson,
  DeviceId,
  Email,
  EstimatedLocation,
  IpCaptureEvent,
  Person,
  Phone,
  TemporarilyDisabled,
} from "../document/common.ts";
import type { FileDetails } from "../document/file-details.ts";
import type { AccountHolder, AssociatedAccount } from "../document/people.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportDoneResponse, ReportResponse } from "../document/responses.ts";
import type { ReportNumber } from "../document/scalars.ts";

/** Everything that may be there is there. Properties that may never be there, as in exclusive unions, are left out. */
export type Full<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? readonly [Full<Item>, ...Full<Item>[]]
    : {
        [Name in keyof T as [Exclude<T[Name], undefined>] extends [never] ? never : Name]-?: Full<
          Exclude<T[Name], undefined>
        >;
      };

const phone: Full<Phone> = {
  value: "07700 900123",
  type: "Mobile",
  verified: true,
  verificationDate: "2026-01-02T03:04:05Z",
  countryCallingCode: "+44",
  extension: "007",
};

const email: Full<Email> = {
  value: "rowan@example.org",
  type: "Recovery",
  verified: true,
  verificationDate: "2026-01-02T03:04:05.123456789+01:00",
};

const address: Full<Address> = {
  type: "Billing",
  address: "1 Harbour Row",
  city: "Porthaven",
  zipCode: "00123",
  state: "",
  nonUsaState: "Cornwall",
  country: "GB",
};

const contact: Full<ContactPerson> = {
  firstName: "Rowan",
  lastName: "O'Example & Co <team>",
  phone: [phone],
  email: [email],
  address: [address],
};

const person: Full<Person> = { ...contact, age: 34, dateOfBirth: "1991-05-06" };

const capture: Full<IpCaptureEvent> = {
  ipAddress: "2001:db8::17",
  eventName: "Upload",
  dateTime: "2026-02-03T04:05:06.789Z",
  possibleProxy: false,
  port: 49_152,
};

const device: Full<DeviceId> = {
  idType: "IMEI",
  idValue: "000000000000000",
  eventName: "Login",
  dateTime: "2026-02-03T04:05:06Z",
};

const location: Full<EstimatedLocation> = {
  verified: false,
  timestamp: "2026-02-03T04:05:06Z",
  city: "Albany",
  region: "NY",
  countryCode: "US",
};

const permanently = {
  value: true,
  disabledDate: "2026-02-04T00:00:00Z",
  userNotified: true,
  userNotifiedDate: "2026-02-05T00:00:00Z",
};

const temporarily: Full<TemporarilyDisabled> = {
  value: false,
  disabledDate: "2026-02-04T00:00:00Z",
  userNotified: false,
  userNotifiedDate: "2026-02-04T00:00:00Z",
  reenabledDate: "2030-01-01T00:00:00Z",
};

/** Numbers as a clearinghouse gave them out before; the largest possible one must survive, too. */
const PRIOR_REPORT = "4564654" as ReportNumber;
const LARGEST_REPORT = "9223372036854775807" as ReportNumber;

const account: Full<AssociatedAccount> = {
  type: "Parent/Guardian",
  platform: { value: "Example Pay", thirdPartyUser: true },
  firstName: "Robin",
  middleName: "M.",
  lastName: "Example",
  approximateAge: 60,
  dateOfBirth: "1965-01-01",
  phone: [phone],
  email: [email],
  allEmailsReported: true,
  address: [address],
  espService: "Payments",
  espIdentifier: "1e3",
  profileUrl: ["https://example.com/robin?tab=1&view=2"],
  screenName: "robin",
  displayName: ["Robin 🌊"],
  profileBio: "Boats.\n\tAnd <nets>.",
  groupIdentifier: "g-1",
  compromisedAccount: false,
  accountTemporarilyDisabled: temporarily,
  accountPermanentlyDisabled: permanently,
  ipCaptureEvent: [capture],
  deviceId: [device],
  priorCTReport: [PRIOR_REPORT],
  additionalInfo: "Paid for the subscription.",
};

const holder: Full<AccountHolder> = {
  espIdentifier: "00123",
  espService: "Messaging",
  compromisedAccount: false,
  screenName: "007",
  displayName: ["Rowan", "rówan"],
  profileUrl: ["https://example.com/rowan"],
  profileBio: "",
  ipCaptureEvent: [capture, { ...capture, eventName: "Login" }],
  deviceId: [device],
  priorCTReports: [PRIOR_REPORT, LARGEST_REPORT],
  accountTemporarilyDisabled: temporarily,
  accountPermanentlyDisabled: permanently,
  estimatedLocation: location,
  allEmailsReported: false,
};

export const MAXIMAL_REPORT: Full<CyberTiplineReport> = {
  batchedReport: { reason: "VIRAL_POTENTIAL_MEME" },
  incidentSummary: {
    incidentType: "Misleading Domain Name",
    platform: "Example Messenger",
    escalateToHighPriority: "A meeting was arranged.",
    reportAnnotations: {
      sextortion: true,
      csamSolicitation: true,
      minorToMinorInteraction: true,
      spam: true,
      sadisticOnlineExploitation: true,
    },
    incidentDateTime: "2026-02-03T04:05:06.123456789-05:00",
    incidentDateTimeDescription: "When the message reached the server.",
  },
  internetDetails: [
    {
      webPageIncident: {
        thirdPartyHostedContent: true,
        url: ["bad1.example.com", "https://example.com/a?b=1&c=2"],
        additionalInfo: "A page.",
      },
    },
    { emailIncident: { emailAddress: [email], content: "Subject: boats", additionalInfo: "A mail." } },
    {
      newsgroupIncident: {
        name: "alt.example.boats",
        emailAddress: [email],
        content: "Boats.",
        additionalInfo: "A group.",
      },
    },
    {
      chatImIncident: {
        chatClient: "Example Messenger",
        chatRoomName: "#harbour",
        content: "[12:00] rowan: ]]> hello",
        additionalInfo: "A chat.",
      },
    },
    {
      onlineGamingIncident: {
        gameName: "Harbour Tycoon",
        console: "Example Box",
        content: "Hello.",
        additionalInfo: "A game.",
      },
    },
    {
      cellPhoneIncident: {
        phoneNumber: phone,
        latitude: "51.50",
        longitude: "-0.1270",
        additionalInfo: "A phone.",
      },
    },
    {
      nonInternetIncident: {
        locationName: "Harbour",
        incidentAddress: [address],
        additionalInfo: "A place.",
      },
    },
    {
      peer2peerIncident: {
        client: "Example Share",
        ipCaptureEvent: [capture],
        fileNames: "boat.jpg",
        additionalInfo: "A network.",
      },
    },
  ],
  lawEnforcement: {
    agencyName: "Example Constabulary",
    caseNumber: "0042",
    officerContact: contact,
    reportedToLe: true,
    servedLegalProcessDomestic: false,
    servedLegalProcessInternational: { value: true, fleaCountry: "GB" },
  },
  reporter: {
    reportingPerson: person,
    contactPerson: contact,
    companyTemplate: "Example Messenger reports what its users report.",
    termsOfService: "Be kind.",
    legalURL: "https://example.com/legal",
  },
  personOrUserReported: [
    {
      personOrUserReportedPerson: person,
      vehicleDescription: "A green rowing boat.",
      ...holder,
      thirdPartyUserReported: false,
      groupIdentifier: "g-1",
      associatedAccount: [account],
      additionalInfo: "Reported twice.",
    },
  ],
  intendedRecipient: [
    {
      intendedRecipientPerson: person,
      ...holder,
      groupIdentifier: "g-2",
      additionalInfo: ["One.", "Two."],
    },
  ],
  victim: [
    {
      victimPerson: person,
      ...holder,
      schoolName: "Harbour School",
      associatedAccount: [account],
      additionalInfo: "Safe.",
    },
  ],
  additionalInfo: "Nothing more.",
};

type Annotated = Extract<FileDetails, { readonly potentialMeme?: never }>;
type LegacyMeme = Extract<FileDetails, { readonly fileAnnotations?: never }>;

const FILE_FACTS = {
  reportId: PRIOR_REPORT,
  fileId: "b6cb48fbb2b565e69ccded9b9cda62fb",
  fileName: "boat.jpg",
  originalFileName: "../boat (1).jpg",
  uploadedToEspTimestamp: "2026-02-03T04:05:06Z",
  locationOfFile: "https://example.com/boat.jpg",
  fileViewedByEsp: true,
  exifViewedByEsp: true,
  publiclyAvailable: false,
  fileRelevance: "Reported",
  industryClassification: "B2",
  originalFileHash: [{ value: "d41d8cd98f00b204e9800998ecf8427e", hashType: "MD5" }],
  ipCaptureEvent: capture,
  deviceId: [device],
  details: [{ type: "EXIF", nameValuePair: [{ name: "Make", value: "Example" }] }],
  additionalInfo: ["One.", "Two."],
} as const;

export const MAXIMAL_FILE_DETAILS: Full<Annotated> = {
  ...FILE_FACTS,
  fileAnnotations: {
    animeDrawingVirtualHentai: true,
    potentialMeme: true,
    viral: true,
    possibleSelfProduction: true,
    physicalHarm: true,
    violenceGore: true,
    bestiality: true,
    liveStreaming: true,
    infant: true,
    generativeAi: true,
  },
};

export const LEGACY_FILE_DETAILS: Full<LegacyMeme> = { ...FILE_FACTS, potentialMeme: false };

export const MAXIMAL_RESPONSE: Full<ReportResponse> = {
  responseCode: 0,
  responseDescription: "Success",
  reportId: PRIOR_REPORT,
  fileId: "b6cb48fbb2b565e69ccded9b9cda62fb",
  hash: "d41d8cd98f00b204e9800998ecf8427e",
};

export const MAXIMAL_DONE_RESPONSE: Full<ReportDoneResponse> = {
  responseCode: 0,
  reportId: PRIOR_REPORT,
  files: { fileId: ["b6cb48fbb2b565e69ccded9b9cda62fb", "c0"] },
};
