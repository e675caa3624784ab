/** Captured addresses and devices as events, and addresses on Earth as places. */
import { type Event, type Place, parseIp } from "@fairlead/report";
import type { Address, DeviceId, EstimatedLocation, IpCaptureEvent } from "../document/common.ts";
import type { EventName } from "../schema/enumerations.ts";
import { US_STATE_CODES } from "../schema/places.ts";
import { type Mapping, present, takeMoment, takeText, takeValue } from "./mapping.ts";
import { ADDRESS_WORDS, EVENT_WORDS } from "./vocabulary.ts";

/**
 * What kind of event an unnamed one is. The wire defines a file's `ipCaptureEvent` as the address of its upload; everywhere
 * else an unnamed event is of unknown kind.
 */
export type Unnamed = "upload" | "unknown";

function kindOf(
  mapping: Mapping,
  path: string,
  name: EventName | undefined,
  unnamed: Unnamed,
): Event["kind"] {
  const named = `${path}/eventName`;
  if (name === undefined) {
    if (unnamed !== "unknown") mapping.ledger.unsaid(named);
    return unnamed;
  }
  // Where an unnamed event is of unknown kind, "Unknown" says no more than no name, and only its form is kept.
  if (EVENT_WORDS[name] === unnamed && name === "Unknown") mapping.ledger.takeMeaning(named);
  else mapping.ledger.take(named);
  return EVENT_WORDS[name];
}

/** An event from a captured address, or undefined if there is no address to hold it together. */
function toIpEvent(
  mapping: Mapping,
  path: string,
  capture: IpCaptureEvent,
  unnamed: Unnamed,
): Event | undefined {
  const raw = takeText(mapping, `${path}/ipAddress`, capture.ipAddress, 64);
  if (raw === undefined) return undefined;
  return present({
    kind: kindOf(mapping, path, capture.eventName, unnamed),
    moment: takeMoment(mapping, `${path}/dateTime`, capture.dateTime),
    ip: present({ raw, address: parseIp(raw)?.address }),
    port: takeValue(mapping, `${path}/port`, capture.port),
    possibleProxy: takeValue(mapping, `${path}/possibleProxy`, capture.possibleProxy),
  });
}

function toDeviceEvent(mapping: Mapping, path: string, device: DeviceId): Event | undefined {
  if (device.idType === "" || device.idType.length > 255) return undefined;
  const value = takeText(mapping, `${path}/idValue`, device.idValue, 2083);
  if (value === undefined) return undefined;
  mapping.ledger.take(`${path}/idType`);
  return present({
    kind: kindOf(mapping, path, device.eventName, "unknown"),
    moment: takeMoment(mapping, `${path}/dateTime`, device.dateTime),
    device: { kind: device.idType, value },
  });
}

/** @param paths of the two lists, without positions. */
export function toEvents(
  mapping: Mapping,
  path: string,
  captures: readonly IpCaptureEvent[],
  devices: readonly DeviceId[],
  room: number,
): Event[] {
  const events: Event[] = [];
  for (const [index, capture] of captures.entries()) {
    if (events.length >= room) break;
    const event = toIpEvent(mapping, `${path}/ipCaptureEvent[${String(index + 1)}]`, capture, "unknown");
    if (event !== undefined) events.push(event);
  }
  for (const [index, device] of devices.entries()) {
    if (events.length >= room) break;
    const event = toDeviceEvent(mapping, `${path}/deviceId[${String(index + 1)}]`, device);
    if (event !== undefined) events.push(event);
  }
  return events;
}

/** The address from which a file was uploaded. */
export function toUploadEvent(mapping: Mapping, path: string, capture: IpCaptureEvent | undefined): Event[] {
  const event = capture === undefined ? undefined : toIpEvent(mapping, path, capture, "upload");
  return event === undefined ? [] : [event];
}

/** Whether the wire writes a region as the code of a state of the United States. Both directions decide by this. */
export function isStateCode(region: string, country: string | undefined): boolean {
  return US_STATE_CODES.has(region) && (country === undefined || country === "US");
}

function takeCountry(mapping: Mapping, path: string, country: string | undefined): string | undefined {
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? takeValue(mapping, path, country) : undefined;
}

function takeRegion(
  mapping: Mapping,
  path: string,
  { state, nonUsaState }: Address,
  country: string | undefined,
): string | undefined {
  const isState = state !== undefined && state !== "" && isStateCode(state, country);
  if (isState) return takeText(mapping, `${path}/state`, state, 255);
  if (nonUsaState === undefined || nonUsaState === "" || nonUsaState.length > 255) return undefined;
  if (isStateCode(nonUsaState, country)) {
    mapping.ledger.takeMeaning(`${path}/nonUsaState`);
    if (state === undefined) mapping.ledger.unsaid(`${path}/state`);
  } else {
    mapping.ledger.take(`${path}/nonUsaState`);
  }
  return nonUsaState;
}

/** A declared address. A billing address is marked as one: it has led police to the wrong door. */
export function toPlace(mapping: Mapping, path: string, address: Address): Place {
  mapping.ledger.take(path);
  const type = takeValue(mapping, `${path}/@type`, address.type);
  const country = takeCountry(mapping, `${path}/country`, address.country);
  return present({
    basis: "declared",
    addressKind:
      type === undefined ? "unknown" : ADDRESS_WORDS[takeValue(mapping, `${path}/@type`, type) ?? type],
    street: takeText(mapping, `${path}/address`, address.address, 255),
    city: takeText(mapping, `${path}/city`, address.city, 255),
    region: takeRegion(mapping, path, address, country),
    postcode: takeText(mapping, `${path}/zipCode`, address.zipCode, 20),
    country,
    verified: "unknown",
  });
}

export function toEstimatedPlace(mapping: Mapping, path: string, location: EstimatedLocation): Place {
  mapping.ledger.take(path);
  const verified = takeValue(mapping, `${path}/@verified`, location.verified);
  return present({
    basis: "estimated",
    addressKind: "unknown",
    city: takeText(mapping, `${path}/city`, location.city, 255),
    region: takeText(mapping, `${path}/region`, location.region, 255),
    country: takeCountry(mapping, `${path}/countryCode`, location.countryCode),
    verified: verified === undefined ? "unknown" : verified ? "yes" : "no",
    moment: takeMoment(mapping, `${path}/@timestamp`, location.timestamp),
  });
}
