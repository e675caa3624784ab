import { categoryOf, type ProviderItem, type ProviderRecords, type ReportBundle } from "@fairlead/franking";
import {
  type Claim,
  type Evidence,
  type Event,
  identifier,
  type Identifier,
  momentOf,
  parseIp,
  type Person,
  personKeySchema,
  type Report,
  reportSchema,
} from "@fairlead/report";
import { urisOf } from "../chat/index.ts";
import type { Subscriber } from "./office.ts";

/** A message is taken in some moments after its connection was noted, on a busy machine some seconds. */
const AROUND_MS = 10_000;

/** What the provider is called and what it knows. */
export interface ReportFacts {
  readonly reportId: string;
  readonly provider: { readonly name: string; readonly domain: string };
  readonly account: string;
  /** null when the bundle could not be read. */
  readonly bundle: ReportBundle | null;
  /** What the hub holds about the messages that the bundle names; empty for one that could not be read. */
  readonly records: ProviderRecords;
  readonly evidence: readonly Evidence[];
  /** Subscriber data by URI, for whoever the report is about and for whoever made it. */
  readonly subscribers: ReadonlyMap<string, Subscriber>;
  /** Who handed it in, as the hub signed them in. */
  readonly reporterUri: string;
  readonly receivedAt: number;
}

/**
 * Writes the ordinary report of a franked one. Nothing that anybody wrote in a conversation stands in it: texts are in the bundle,
 * which is evidence and closed until opened for a purpose. What is proven about the bundle is the attestation's to say.
 *
 * A bundle is whatever its sender made of it. Times, devices and addresses are the hub's records', who reported is whom the hub signed
 * in, and of the bundle's own words only addresses in this provider's form are used: so the report is always one that a door takes.
 */
export function buildReport(facts: ReportFacts): Report {
  const { bundle, provider } = facts;
  const uris = urisOf(provider.domain);
  const first = pickedRecords(facts)
    .map(({ context }) => Number(context.acceptedAt))
    .toSorted((one, other) => one - other)[0];
  return reportSchema.parse({
    version: 1,
    sender: { kind: "platform", id: facts.account, name: provider.name },
    references: [{ kind: "this-report", issuer: provider.name, value: facts.reportId }],
    incident: {
      type: bundle === null ? "enticement" : categoryOf(bundle.category).incidentType,
      occurred: momentOf(first ?? facts.receivedAt),
      occurredMeaning:
        first === undefined
          ? "When the report was handed in."
          : "When the server took in the first of the messages that the person who reports picked.",
      platform: provider.name,
      channel: {
        kind: "chat",
        client: provider.name,
        ...(bundle === null || uris.roomOf(bundle.roomUri) === undefined
          ? {}
          : { room: bundle.roomUri.slice(0, 255) }),
      },
    },
    persons: [...accused(facts).map((uri, index) => accusedPerson(facts, uri, index)), reporter(facts)],
    evidence: [...facts.evidence],
    claims: bundle === null ? [] : claimsOf(facts, bundle),
    statements: [],
  } satisfies Report);
}

/** Whoever the reporter named; else whoever wrote the picked messages, in their order, but for the reporter. */
function accused({ bundle, provider, reporterUri }: ReportFacts): string[] {
  if (bundle === null) return [];
  const uris = urisOf(provider.domain);
  if (uris.handleOf(bundle.accusedUri) !== undefined) return [bundle.accusedUri];
  const senders = bundle.items.filter(({ selected }) => selected).map(({ senderUri }) => senderUri);
  return [...new Set(senders)].filter((uri) => uris.handleOf(uri) !== undefined && uri !== reporterUri);
}

/** A report has at most one suspect (report/validate.ts): where the reporter named none, whoever wrote the first picked message. */
function accusedPerson(facts: ReportFacts, uri: string, index: number): Person {
  const subscriber = facts.subscribers.get(uri);
  return {
    key: personKeySchema.parse(index === 0 ? "suspect-1" : `writer-${index + 1}`),
    role: index === 0 ? "suspect" : "associated",
    identifiers: identifiersOf(facts, uri, subscriber),
    events: [...sendings(facts, uri, subscriber), ...registration(subscriber)],
    places: [],
  };
}

/** The person who reports may be a child: who they are is needed to reach them, from where they wrote is nobody's business. */
function reporter(facts: ReportFacts): Person {
  const uri = facts.reporterUri;
  return {
    key: personKeySchema.parse("reporter-1"),
    role: "reporter",
    identifiers: identifiersOf(facts, uri, facts.subscribers.get(uri)).filter(
      ({ kind }) => kind !== "device",
    ),
    events: [],
    places: [],
  };
}

function identifiersOf(
  { provider }: ReportFacts,
  uri: string,
  subscriber: Subscriber | undefined,
): Identifier[] {
  const context = { platform: provider.name };
  const handle = uri.split("/").at(-1) ?? uri;
  return [
    // A reporter can name an account that is nobody's.
    identifier("account", uri, subscriber === undefined ? context : { ...context, verified: "yes" }),
    identifier("screen-name", handle, context),
    subscriber === undefined ? undefined : identifier("display-name", subscriber.name, context),
    ...(subscriber?.devices ?? []).map(({ id }) =>
      identifier("device", deviceText(Buffer.from(id, "base64url")), {
        ...context,
        label: "messenger device",
      }),
    ),
  ].filter((found) => found !== undefined);
}

/** Each picked message is an event of its sender: with the address that its device came from at that time, if the hub still knows. */
function sendings(facts: ReportFacts, uri: string, subscriber: Subscriber | undefined): Event[] {
  return pickedRecords(facts)
    .filter(({ context }) => context.senderUri === uri)
    .map(({ context, submit }) => {
      const at = Number(context.acceptedAt);
      const moment = momentOf(at);
      if (submit === null) return { kind: "send", moment };
      const { deviceId } = submit.tbs;
      return {
        kind: "send",
        moment,
        ...addressOf(subscriber?.connections ?? [], Buffer.from(deviceId).toString("base64url"), at),
        device: { kind: "messenger device", value: deviceText(deviceId) },
      };
    });
}

/** One spelling of a device wherever a report names it, so that the one that an account has and the one that sent are seen to be the same. */
function deviceText(id: Uint8Array): string {
  return Buffer.from(id).toString("hex");
}

/** What the hub holds about the messages that the reporter picked. */
function pickedRecords({ bundle, records }: ReportFacts): ProviderItem[] {
  const picked = new Set(bundle?.items.filter(({ selected }) => selected).map(({ ext }) => ext.roomSeq));
  return records.items.filter(({ record }) => picked.has(record.roomSeq));
}

/**
 * The address and port that a device spoke from at a moment. Where the hub saw it speak from two at that time there is none: a wrong
 * address leads to a wrong door (law 4).
 */
function addressOf(
  connections: Subscriber["connections"],
  deviceId: string,
  at: number,
): Pick<Event, "ip" | "port"> {
  const near = connections.filter(
    (one) => one.deviceId === deviceId && one.firstAt - AROUND_MS <= at && at <= one.lastAt + AROUND_MS,
  );
  const [first] = near;
  if (first === undefined || near.some(({ ip }) => ip !== first.ip)) return {};
  const address = parseIp(first.ip)?.address;
  const isOnePort = near.every(({ port }) => port === first.port);
  return {
    ip: { raw: first.ip, ...(address === undefined ? {} : { address }) },
    ...(isOnePort && first.port !== null ? { port: first.port } : {}),
  };
}

function registration(subscriber: Subscriber | undefined): Event[] {
  return subscriber === undefined ? [] : [{ kind: "registration", moment: momentOf(subscriber.createdAt) }];
}

/** What the person who reports says happened, as the platform's claim about the report: a statement, never a fact (law 3). */
function claimsOf({ provider }: ReportFacts, bundle: ReportBundle): Claim[] {
  return categoryOf(bundle.category).flags.map((flag) => ({
    about: { kind: "report" },
    source: { kind: "sender", name: provider.name },
    states: { kind: "flag", flag, value: true },
  }));
}
