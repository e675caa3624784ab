import { categoryOf, type ReportBundle } from "@fairlead/franking";
import type { BundleVerdict } from "@fairlead/franking/verify";
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
  readonly verdict: BundleVerdict;
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
 */
export function buildReport(facts: ReportFacts): Report {
  const { bundle, provider } = facts;
  const about = bundle === null ? [] : accused(bundle);
  const suspects = about.map((uri, index) => suspect(facts, uri, index));
  return reportSchema.parse({
    version: 1,
    sender: { kind: "platform", id: facts.account, name: provider.name },
    references: [{ kind: "this-report", issuer: provider.name, value: facts.reportId }],
    incident: {
      type: bundle === null ? "enticement" : categoryOf(bundle.category).incidentType,
      occurred: momentOf(occurredAt(facts)),
      occurredMeaning:
        bundle === null
          ? "When the report was handed in."
          : "When the server took in the first of the messages that the person who reports picked.",
      platform: provider.name,
      channel: {
        kind: "chat",
        client: provider.name,
        ...(bundle === null ? {} : { room: bundle.roomUri.slice(0, 255) }),
      },
    },
    persons: [...suspects, reporter(facts)],
    evidence: [...facts.evidence],
    claims: bundle === null ? [] : claimsOf(facts, bundle),
    statements: [],
  } satisfies Report);
}

/** Whoever the reporter named; else whoever wrote the picked messages, but for the reporter. */
function accused(bundle: ReportBundle): string[] {
  if (bundle.accusedUri !== "") return [bundle.accusedUri];
  const senders = bundle.items.filter(({ selected }) => selected).map(({ senderUri }) => senderUri);
  return [...new Set(senders)].filter((uri) => uri !== bundle.reporter.uri);
}

function occurredAt({ bundle, receivedAt }: ReportFacts): number {
  const times =
    bundle?.items.filter(({ selected }) => selected).map(({ acceptedAt }) => Number(acceptedAt)) ?? [];
  return times.length === 0 ? receivedAt : Math.min(...times);
}

function suspect(facts: ReportFacts, uri: string, index: number): Person {
  const subscriber = facts.subscribers.get(uri);
  return {
    key: personKeySchema.parse(`suspect-${index + 1}`),
    role: "suspect",
    identifiers: identifiersOf(facts, uri, subscriber),
    events: [...sendings(facts, uri, subscriber), ...registration(subscriber)],
    places: [],
  };
}

/** The person who reports may be a child: who they are is needed to reach them, from where they wrote is nobody's business. */
function reporter(facts: ReportFacts): Person {
  const uri = facts.bundle?.reporter.uri ?? facts.reporterUri;
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
    identifier("account", uri, { ...context, verified: "yes" }),
    identifier("screen-name", handle, context),
    subscriber === undefined ? undefined : identifier("display-name", subscriber.name, context),
    ...(subscriber?.devices ?? []).map(({ id }) =>
      identifier("device", id, { ...context, label: "messenger device" }),
    ),
  ].filter((found) => found !== undefined);
}

/** Each picked message is an event of its sender: with the address that its device came from at that time, if the hub still knows. */
function sendings({ bundle }: ReportFacts, uri: string, subscriber: Subscriber | undefined): Event[] {
  const sent = bundle?.items.filter(({ selected, senderUri }) => selected && senderUri === uri) ?? [];
  return sent.map(({ acceptedAt, deviceId }) => {
    const at = Number(acceptedAt);
    return {
      kind: "send",
      moment: momentOf(at),
      ...addressOf(subscriber?.connections ?? [], Buffer.from(deviceId).toString("base64url"), at),
      device: { kind: "messenger device", value: Buffer.from(deviceId).toString("hex") },
    };
  });
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
