import type { Event, Place } from "@fairlead/report";
import type { Address, DeviceId, EstimatedLocation, IpCaptureEvent } from "../document/common.ts";
import { COUNTRIES } from "../schema/places.ts";
import { type Unnamed, isStateCode } from "./to-events.ts";
import { ADDRESS_WORDS, EVENT_WORDS, wireWord } from "./vocabulary.ts";
import { type Writing, changed, lost, sent, writeMoment } from "./writing.ts";

/** The wire's event name. An event of unknown kind goes without, unless that would say that it was an upload. */
function eventName(
  writing: Writing,
  event: Event,
  pointer: string,
  unnamed: Unnamed,
): IpCaptureEvent["eventName"] {
  if (event.kind === unnamed && unnamed === "unknown") return undefined;
  const name = wireWord(EVENT_WORDS, event.kind);
  if (name === undefined)
    changed(writing, `${pointer}/kind`, `The wire has no word for "${event.kind}"; it says "Other".`);
  return name ?? "Other";
}

function writeCapture(
  writing: Writing,
  event: Event,
  pointer: string,
  unnamed: Unnamed,
): IpCaptureEvent | undefined {
  if (event.ip === undefined) return undefined;
  return sent({
    ipAddress: event.ip.raw,
    eventName: eventName(writing, event, pointer, unnamed),
    dateTime: writeMoment(writing, `${pointer}/moment`, event.moment),
    possibleProxy: event.possibleProxy,
    port: event.port,
  });
}

function writeDevice(writing: Writing, event: Event, pointer: string): DeviceId | undefined {
  if (event.device === undefined) return undefined;
  // Where the same event has an address, too, its omissions are noted there already.
  const quiet: Writing = event.ip === undefined ? writing : { ...writing, omissions: [] };
  return sent({
    idType: event.device.kind,
    idValue: event.device.value,
    eventName: eventName(quiet, event, pointer, "unknown"),
    dateTime: writeMoment(quiet, `${pointer}/moment`, event.moment),
  });
}

/** Events as captured addresses and devices. One event that names both becomes one of each. */
export function writeEvents(
  writing: Writing,
  events: readonly Event[],
  pointer: string,
  unnamed: Unnamed = "unknown",
): { readonly ipCaptureEvent: readonly IpCaptureEvent[]; readonly deviceId: readonly DeviceId[] } {
  const captures: IpCaptureEvent[] = [];
  const devices: DeviceId[] = [];
  for (const [index, event] of events.entries()) {
    const at = `${pointer}/${String(index)}`;
    const capture = writeCapture(writing, event, at, unnamed);
    const device = writeDevice(writing, event, at);
    if (capture !== undefined) captures.push(capture);
    if (device !== undefined) devices.push(device);
    if (capture === undefined && device === undefined) {
      lost(writing, at, "The wire knows events only with an IP address or a device.");
    } else if (capture === undefined && (event.port !== undefined || event.possibleProxy !== undefined)) {
      lost(writing, at, "The wire carries a port and a proxy only with an IP address.");
    }
    if (capture !== undefined && device !== undefined) {
      changed(writing, at, "The wire parts the address and the device of one event.");
    }
  }
  return { ipCaptureEvent: captures, deviceId: devices };
}

function writeCountry(writing: Writing, country: string | undefined, pointer: string): string | undefined {
  if (country === undefined || COUNTRIES.includes(country)) return country;
  lost(writing, `${pointer}/country`, "The wire does not know this country's code.");
  return undefined;
}

export function writeAddress(writing: Writing, place: Place, pointer: string): Address {
  const { addressKind, street, city, region, postcode, verified, moment, basis } = place;
  if (basis !== "declared")
    changed(writing, `${pointer}/basis`, "The wire cannot say how an address is known.");
  if (verified !== "unknown")
    lost(writing, `${pointer}/verified`, "The wire cannot say whether an address was verified.");
  if (moment !== undefined) lost(writing, `${pointer}/moment`, "The wire has no time for an address.");
  const type = wireWord(ADDRESS_WORDS, addressKind);
  if (type === undefined && addressKind !== "unknown") {
    lost(writing, `${pointer}/addressKind`, `The wire has no word for an address of kind "${addressKind}".`);
  }
  const inStates = region !== undefined && isStateCode(region, place.country);
  return sent({
    type,
    address: street,
    city,
    zipCode: postcode,
    state: inStates ? region : undefined,
    nonUsaState: inStates ? undefined : region,
    country: writeCountry(writing, place.country, pointer),
  });
}

export function writeEstimated(writing: Writing, place: Place, pointer: string): EstimatedLocation {
  if (place.addressKind !== "unknown")
    lost(writing, `${pointer}/addressKind`, "An estimated location has no kind.");
  for (const name of ["street", "postcode"] as const) {
    if (place[name] === undefined) continue;
    lost(writing, `${pointer}/${name}`, `The wire has no ${name} for an estimated location.`);
  }
  return sent({
    verified: place.verified === "unknown" ? undefined : place.verified === "yes",
    timestamp: writeMoment(writing, `${pointer}/moment`, place.moment),
    city: place.city,
    region: place.region,
    countryCode: writeCountry(writing, place.country, pointer),
  });
}
