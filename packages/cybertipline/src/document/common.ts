/**
 * Types that several documents share (persons, contact data, events). Property names are the wire's element and
 * attribute names; text of an element that has attributes is in `value`; elements that may repeat are arrays, and
 * absent rather than empty. Absent means unknown, never "no".
 */
import type { AddressType, EmailType, EventName, PhoneType } from "../schema/enumerations.ts";
import type { DateText, DateTimeText } from "./scalars.ts";

export interface Phone {
  /** At most 50 characters, without the calling code where `countryCallingCode` is given. */
  readonly value: string;
  readonly type?: PhoneType;
  readonly verified?: boolean;
  readonly verificationDate?: DateTimeText;
  /** `+` and one to three digits. */
  readonly countryCallingCode?: string;
  /** Digits only. */
  readonly extension?: string;
}

export interface Email {
  readonly value: string;
  readonly type?: EmailType;
  readonly verified?: boolean;
  readonly verificationDate?: DateTimeText;
}

export interface Address {
  readonly type?: AddressType;
  readonly address?: string;
  readonly city?: string;
  readonly zipCode?: string;
  /** Two-letter code of a state of the United States, or empty. */
  readonly state?: string;
  readonly nonUsaState?: string;
  /** One of the wire's country codes, or empty. */
  readonly country?: string;
}

export interface ContactPerson {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: readonly Phone[];
  readonly email?: readonly Email[];
  readonly address?: readonly Address[];
}

export interface Person extends ContactPerson {
  /** Whole years, 0 to 150. */
  readonly age?: number;
  readonly dateOfBirth?: DateText;
}

export interface EstimatedLocation {
  readonly verified?: boolean;
  readonly timestamp?: DateTimeText;
  readonly city?: string;
  readonly region?: string;
  readonly countryCode?: string;
}

export interface IpCaptureEvent {
  /** IPv4, IPv6 or IPv4-mapped IPv6, as sent. */
  readonly ipAddress: string;
  readonly eventName?: EventName;
  readonly dateTime?: DateTimeText;
  readonly possibleProxy?: boolean;
  /** 1 to 65535. */
  readonly port?: number;
}

export interface DeviceId {
  readonly idType: string;
  readonly idValue: string;
  readonly eventName?: EventName;
  readonly dateTime?: DateTimeText;
}

export interface PermanentlyDisabled {
  readonly value: boolean;
  readonly disabledDate?: DateTimeText;
  readonly userNotified?: boolean;
  readonly userNotifiedDate?: DateTimeText;
}

export interface TemporarilyDisabled extends PermanentlyDisabled {
  /** After `disabledDate`; the only date that may lie in the future. */
  readonly reenabledDate?: DateTimeText;
}
