import type { Event, Moment, Place } from "@fairlead/report";
import {
  held,
  UK_ITEMS,
  type UkItems,
  type UkItemId,
  type UkProblem,
  type UkReport,
} from "@fairlead/report/uk-direct";
import { claimText, sourceText } from "../desk-api/claim-words.ts";
import type { UkItemView, UkProblemView } from "../desk-api/contract.ts";

type Held = { [Id in UkItemId]: (items: UkItems) => string[] };
type Handles = readonly { identifier: { raw: string } }[];

const handles = (found: Handles | undefined) => (found ?? []).map(({ identifier }) => identifier.raw);
const join = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined).join(" · ");

/** What each item gives, as it was stated, one line a value. */
const VALUES: Held = {
  "reporting-person": (items) => handles(held(items["reporting-person"])?.handles),
  "detected-content": (items) => {
    const content = held(items["detected-content"]);
    return [
      ...(content?.files ?? []).map(({ id, name, mediaType }) => join([name ?? id, mediaType])),
      ...(content?.texts ?? []).map(({ text }) => text),
    ];
  },
  "how-detected": (items) => {
    const found = held(items["how-detected"]);
    const claims = (found?.claims ?? []).map(({ states, source }) =>
      join([claimText(states), sourceText(source)]),
    );
    return [...(found?.words ?? []), ...new Set(claims)];
  },
  platform: (items) => {
    const service = held(items.platform);
    return [service?.name, service?.channel?.kind].filter((part) => part !== undefined);
  },
  "previous-report": (items) =>
    (held(items["previous-report"]) ?? []).map(({ issuer, value }) => join([value, issuer])),
  "upload-time": (items) => (held(items["upload-time"]) ?? []).map(({ at }) => timeText(at)),
  "upload-connection": (items) => uploads(items).map(eventText),
  "upload-port": (items) => uploads(items).flatMap(({ port }) => (port === undefined ? [] : [String(port)])),
  "upload-connection-time": (items) =>
    uploads(items).flatMap(({ moment }) => (moment === undefined ? [] : [timeText(moment)])),
  exif: (items) => (held(items.exif) ?? []).map(({ detail }) => `${detail.name}: ${detail.value}`),
  "content-url": (items) => {
    const found = held(items["content-url"]);
    const page = found?.page?.kind === "web-page" ? found.page.urls : [];
    return [...(found?.files ?? []).map(({ url }) => url), ...page];
  },
  "original-hash": (items) =>
    (held(items["original-hash"]) ?? []).map(({ hash }) => `${hash.algorithm} ${hash.value}`),
  username: (items) => handles(held(items.username)),
  email: (items) => handles(held(items.email)),
  "recovery-email": (items) => handles(held(items["recovery-email"])),
  phone: (items) => handles(held(items.phone)),
  "phone-verified-on": (items) =>
    (held(items.phone) ?? []).flatMap(({ identifier: { verifiedAt } }) =>
      verifiedAt === undefined ? [] : [timeText(verifiedAt)],
    ),
  "profile-url": (items) => handles(held(items["profile-url"])),
  billing: (items) => {
    const found = held(items.billing);
    return [...handles(found?.handles), ...(found?.places ?? []).map(({ place }) => placeText(place))];
  },
  "identity-documents": (items) => (held(items["identity-documents"]) ?? []).map(({ words }) => words),
  "linked-accounts": (items) => handles(held(items["linked-accounts"])),
  "login-connections": (items) =>
    (held(items["login-connections"]) ?? []).map(({ event }) => eventText(event)),
};

/** Every item of a document, in the Schedule's order. */
export function itemViews({ items, people }: UkReport): UkItemView[] {
  const key = held(items["reporting-person"])?.people[0];
  const reporter = people.find((person) => person.key === key);
  const name = [reporter?.firstName, reporter?.lastName].filter((part) => part !== undefined).join(" ");
  return UK_ITEMS.map(({ id, partOf }) => {
    const standing = items[id];
    const note = standing.state === "not-held" ? standing.note : undefined;
    const values = VALUES[id](items);
    return {
      id,
      ...(partOf === undefined ? {} : { partOf }),
      state: standing.state,
      by: standing.by,
      ...(note === undefined ? {} : { note }),
      values: id === "reporting-person" && name !== "" ? [name, ...values] : values,
    };
  });
}

/** A problem with the item that it is about, so that a form can say it there. */
export function problemView({ weight, code, path, message, remedy }: UkProblem): UkProblemView {
  const [, list, id] = path.split("/");
  const item = list === "items" ? UK_ITEMS.find((found) => found.id === id)?.id : undefined;
  return { weight, code, path, ...(item === undefined ? {} : { item }), message, remedy };
}

function uploads(items: UkItems): Event[] {
  const found = held(items["upload-connection"]);
  return [...(found?.files ?? []), ...(found?.people ?? [])].map(({ event }) => event);
}

function eventText({ ip, port, moment }: Event): string {
  const address = ip?.address ?? ip?.raw;
  const at = port === undefined || address === undefined ? address : `${bracketed(address)}:${port}`;
  return join([at, moment === undefined ? undefined : timeText(moment)]);
}

/** RFC 3986 section 3.2.2: an IPv6 address before a port stands in brackets. */
function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

function timeText({ raw }: Moment): string {
  return raw;
}

function placeText({ street, city, region, postcode, country }: Place): string {
  return [street, city, region, postcode, country].filter((part) => part !== undefined).join(", ");
}
