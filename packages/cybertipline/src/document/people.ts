/** Who is reported, who received, who is the victim, and the accounts that belong to them. */
import type { AssociatedAccountType } from "../schema/enumerations.ts";
import type {
  Address,
  DeviceId,
  Email,
  EstimatedLocation,
  IpCaptureEvent,
  PermanentlyDisabled,
  Person,
  Phone,
  TemporarilyDisabled,
} from "./common.ts";
import type { DateText, ReportNumber } from "./scalars.ts";

/** What the wire says alike about a reported user, a recipient and a victim. */
export interface AccountHolder {
  readonly espIdentifier?: string;
  readonly espService?: string;
  readonly compromisedAccount?: boolean;
  readonly screenName?: string;
  readonly displayName?: readonly string[];
  readonly profileUrl?: readonly string[];
  readonly profileBio?: string;
  readonly ipCaptureEvent?: readonly IpCaptureEvent[];
  readonly deviceId?: readonly DeviceId[];
  readonly priorCTReports?: readonly ReportNumber[];
  readonly accountTemporarilyDisabled?: TemporarilyDisabled;
  readonly accountPermanentlyDisabled?: PermanentlyDisabled;
  readonly estimatedLocation?: EstimatedLocation;
  readonly allEmailsReported?: boolean;
}

export interface PersonOrUserReported extends AccountHolder {
  readonly personOrUserReportedPerson?: Person;
  readonly vehicleDescription?: string;
  readonly thirdPartyUserReported?: boolean;
  readonly groupIdentifier?: string;
  readonly associatedAccount?: readonly AssociatedAccount[];
  readonly additionalInfo?: string;
}

export interface IntendedRecipient extends AccountHolder {
  readonly intendedRecipientPerson?: Person;
  readonly groupIdentifier?: string;
  /** The schema lets it repeat; NCMEC's documentation wants at most one. */
  readonly additionalInfo?: readonly string[];
}

export interface Victim extends AccountHolder {
  readonly victimPerson: Person;
  readonly schoolName?: string;
  readonly associatedAccount?: readonly AssociatedAccount[];
  readonly additionalInfo?: string;
}

export interface AssociatedPlatform {
  readonly value: string;
  readonly thirdPartyUser?: boolean;
}

export interface AssociatedAccount {
  readonly type: AssociatedAccountType;
  readonly platform?: AssociatedPlatform;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  /** Whole years, 0 to 150; not together with `dateOfBirth`. */
  readonly approximateAge?: number;
  readonly dateOfBirth?: DateText;
  readonly phone?: readonly Phone[];
  readonly email?: readonly Email[];
  readonly allEmailsReported?: boolean;
  readonly address?: readonly Address[];
  readonly espService?: string;
  readonly espIdentifier?: string;
  readonly profileUrl?: readonly string[];
  readonly screenName?: string;
  readonly displayName?: readonly string[];
  readonly profileBio?: string;
  readonly groupIdentifier?: string;
  readonly compromisedAccount?: boolean;
  readonly accountTemporarilyDisabled?: TemporarilyDisabled;
  readonly accountPermanentlyDisabled?: PermanentlyDisabled;
  readonly ipCaptureEvent?: readonly IpCaptureEvent[];
  readonly deviceId?: readonly DeviceId[];
  /** Singular on the wire, unlike `priorCTReports` of a person. */
  readonly priorCTReport?: readonly ReportNumber[];
  readonly additionalInfo?: string;
}
