/** Everything a report says, as single sentences with their place: to see what became of each on its way. For tests only. */
import type { Event, Moment, Place, Report } from "@fairlead/report";

export interface Fact {
  /** JSON Pointer into the report. */
  readonly pointer: string;
  /** Says the same wherever in a list it stands. */
  readonly says: string;
}

function time(moment: Moment): string {
  return moment.at === undefined ? moment.raw : String(Date.parse(moment.at));
}

/** One sentence for each field that is there. */
function fields(pointer: string, about: string, values: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [{ pointer: `${pointer}/${name}`, says: `${about} ${name} ${JSON.stringify(value)}` }],
  );
}

function momentFact(pointer: string, about: string, moment: Moment | undefined): Fact[] {
  return moment === undefined ? [] : [{ pointer, says: `${about} at ${time(moment)}` }];
}

function eventFacts(pointer: string, about: string, event: Event): Fact[] {
  const handle = `${about} event ${event.ip?.raw ?? ""}${event.device?.value ?? ""}`;
  return [
    { pointer, says: handle },
    ...fields(pointer, handle, {
      kind: event.kind,
      port: event.port,
      possibleProxy: event.possibleProxy,
      device: event.device,
    }),
    ...momentFact(`${pointer}/moment`, handle, event.moment),
  ];
}

function placeFacts(pointer: string, about: string, place: Place): Fact[] {
  const { moment, verified, addressKind, ...rest } = place;
  return [
    ...fields(pointer, `${about} place`, {
      ...rest,
      verified: verified === "unknown" ? undefined : verified,
      addressKind: addressKind === "unknown" ? undefined : addressKind,
    }),
    ...momentFact(`${pointer}/moment`, `${about} place`, moment),
  ];
}

function personFacts(report: Report): Fact[] {
  return report.persons.flatMap((person, index) => {
    const pointer = `/persons/${String(index)}`;
    const about = person.key;
    const { firstName, middleName, lastName, ageYears, dateOfBirth, school, vehicle, associatedWith } =
      person;
    return [
      { pointer, says: `${about} is there` },
      ...fields(pointer, about, { firstName, middleName, lastName, ageYears, dateOfBirth, school, vehicle }),
      ...(associatedWith === undefined
        ? []
        : [
            { pointer: `${pointer}/associatedWith/key`, says: `${about} belongs to ${associatedWith.key}` },
            { pointer: `${pointer}/associatedWith/how`, says: `${about} is ${associatedWith.how}` },
          ]),
      ...person.identifiers.flatMap((item, position) => {
        const at = `${pointer}/identifiers/${String(position)}`;
        const handle = `${about} ${item.kind} ${item.raw}`;
        return [
          { pointer: at, says: handle },
          ...fields(at, handle, {
            label: item.label,
            platform: item.platform,
            verified: item.verified === "unknown" ? undefined : item.verified,
          }),
          ...momentFact(`${at}/verifiedAt`, handle, item.verifiedAt),
        ];
      }),
      ...person.events.flatMap((event, position) =>
        eventFacts(`${pointer}/events/${String(position)}`, about, event),
      ),
      ...person.places.flatMap((place, position) =>
        placeFacts(`${pointer}/places/${String(position)}`, about, place),
      ),
    ];
  });
}

function evidenceFacts(report: Report): Fact[] {
  return report.evidence.flatMap((item, index) => {
    const pointer = `/evidence/${String(index)}`;
    const { id, name, mediaType, location, relevance } = item;
    return [
      { pointer, says: `${id} is there` },
      ...fields(pointer, id, { name, mediaType, location, relevance }),
      ...momentFact(`${pointer}/uploadedAt`, id, item.uploadedAt),
      ...item.declaredHashes.map((hash, position) => ({
        pointer: `${pointer}/declaredHashes/${String(position)}`,
        says: `${id} hash ${hash.algorithm} ${hash.value}`,
      })),
      ...item.events.flatMap((event, position) =>
        eventFacts(`${pointer}/events/${String(position)}`, id, event),
      ),
      ...item.details.flatMap(({ group, ...pair }, position) => {
        const at = `${pointer}/details/${String(position)}`;
        return fields(at, `${id} detail ${pair.name}`, { ...pair, group });
      }),
    ];
  });
}

function claimFacts(report: Report): Fact[] {
  return report.claims.map(({ about, source, states }, index) => {
    const told =
      states.kind === "account-disabled"
        ? Object.fromEntries(
            Object.entries(states).map(([name, value]) => [
              name,
              typeof value === "object" ? time(value) : value,
            ]),
          )
        : states;
    const sorted = Object.fromEntries(
      Object.entries(told).sort(([one], [other]) => one.localeCompare(other)),
    );
    return { pointer: `/claims/${String(index)}`, says: JSON.stringify([about, source, sorted]) };
  });
}

export function factsOf(report: Report): readonly Fact[] {
  const { occurred, channel, ...incident } = report.incident;
  return [
    ...fields("/incident", "incident", incident),
    ...momentFact("/incident/occurred", "incident", occurred),
    ...fields("/incident/channel", "channel", channel ?? {}),
    ...report.references.flatMap(({ kind, issuer, value, person }, index) => {
      if (kind === "this-report") return [];
      const pointer = `/references/${String(index)}`;
      const about = `${kind} ${value} of ${issuer}`;
      return [{ pointer, says: about }, ...fields(pointer, about, { person })];
    }),
    ...personFacts(report),
    ...evidenceFacts(report),
    ...claimFacts(report),
  ];
}
