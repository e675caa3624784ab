import type { AttestedMessage, OriginProof } from "../api/shapes.ts";
import { isMessageKey, type MessageKey, t } from "../messages/catalogue.ts";

type Attested = NonNullable<OriginProof["attested"]>;

/** What a proof comes to, in a sentence or two. */
export function leadWords({ state, code, attested }: OriginProof): string {
  if (state === "proven") return t("origin.lead.proven", { count: selectedIn(attested) });
  const key = `origin.lead.${code ?? ""}`;
  return isMessageKey(key) ? t(key as "origin.lead.signature") : t(`origin.state.${state}`);
}

/** Whether what is attested is about the bundle that is here, so that it may stand beside its messages. */
export function isAbout(proof: OriginProof, bundle: string): boolean {
  const { state, code } = proof;
  return (
    proof.bundle === bundle &&
    (state === "proven" ||
      state === "not-proven" ||
      (state === "contradicted" && code === "verification-failed"))
  );
}

/** What is proven, each a sentence of its own; nothing where the proof as a whole does not hold. */
export function provenWords({ state, attested }: OriginProof): string[] {
  if (attested === undefined || (state !== "proven" && state !== "not-proven")) return [];
  const proven = attested.messages.filter(({ verdict }) => verdict === "VERIFIED");
  const stamped = proven.filter(({ existedBy }) => existedBy !== undefined).length;
  const files = proven
    .flatMap(({ attachments }) => attachments)
    .filter(({ result }) => result === "opened-and-bound");
  return [
    ...bySender(proven).map(([sender, seqs]) =>
      t("origin.proven.accounts", {
        sender,
        seqs: t("origin.proven.messages", { count: seqs.length, seqs: placesWords(seqs) }),
      }),
    ),
    ...(hasPassed(attested, "V2") ? [t("origin.proven.reporter", { reporter: attested.reporter.uri })] : []),
    ...(isInOrder(attested) ? [t("origin.proven.order")] : []),
    ...(attested.fullConversation
      ? [t("origin.proven.whole", { first: attested.window.firstSeq, head: attested.window.headSeq })]
      : []),
    ...(stamped === 0 ? [] : [t("origin.proven.stamped", { count: stamped })]),
    ...(files.length === 0 ? [] : [t("origin.proven.files", { count: files.length })]),
  ];
}

/** What is not proven: what failed first, then where any such proof ends. */
export function notProvenWords({ attested }: OriginProof): string[] {
  if (attested === undefined) return [];
  return [
    ...attested.steps
      .filter(({ step, result }) => result === "failed" && step !== "V14")
      .map(({ detail }) =>
        t("origin.not-proven.step", { where: t("origin.not-proven.whole"), what: detail }),
      ),
    ...attested.messages.flatMap(({ seq, open }) =>
      open
        .filter(({ step, result }) => result === "failed" && step !== "V14")
        .map(({ detail }) =>
          t("origin.not-proven.step", { where: t("origin.not-proven.message", { seq }), what: detail }),
        ),
    ),
    ...attested.limits.map(limitWords),
  ];
}

/** What the person who reports kept back, and how far the window reaches. */
export function withheldWords({ attested }: OriginProof): string[] {
  if (attested === undefined || attested.messages.length === 0) return [];
  const { window, withheld, fullConversation } = attested;
  const places = withheld.ranges.map(({ from, to }) =>
    from === to ? from : t("origin.withheld.range", { from, to }),
  );
  const { from, to, headSeq: head, firstSeq: first } = window;
  const { count } = withheld;
  const inside = [
    ...(count === 0 ? [] : [t("origin.withheld.some", { count, from, to, places: places.join(", ") })]),
    // Something may have been left out without being named.
    ...(hasPassed(attested, "V7") ? [] : [t("origin.withheld.unknown")]),
  ];
  if (inside.length === 0) inside.push(t("origin.withheld.none", { from, to }));
  if (fullConversation) return inside;
  return [...inside, t("origin.withheld.outside", { from, to, head, first })];
}

/** Places that follow each other told as ranges: `3 to 7, 9`. */
export function placesWords(seqs: readonly string[]): string {
  const ranges: Array<[bigint, bigint]> = [];
  for (const seq of seqs.map(BigInt).toSorted((a, b) => (a < b ? -1 : 1))) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1n === seq) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges
    .map(([from, to]) =>
      from === to ? String(from) : t("origin.withheld.range", { from: String(from), to: String(to) }),
    )
    .join(", ");
}

/** The tag beside a message. `undefined`: nobody whom this station knows has said anything about it. */
export function verdictWords(message: AttestedMessage | undefined): string {
  return t(message === undefined ? "origin.verdict.none" : `origin.verdict.${message.verdict}`);
}

export function verdictTone(message: AttestedMessage | undefined): "strong" | "plain" | "alert" | "quiet" {
  if (message === undefined) return "quiet";
  if (message.verdict === "VERIFIED") return "strong";
  return message.verdict === "UNVERIFIED" ? "alert" : "plain";
}

/** A limit that a newer verifier states and this desk does not know is shown as its code. */
function limitWords(limit: string): string {
  const key: string = `origin.limit.${limit}`;
  return isMessageKey(key) ? t(key as MessageKey & "origin.limit.authenticity-only") : limit;
}

function selectedIn(attested: Attested | undefined): number {
  return attested?.messages.filter(({ selected }) => selected).length ?? 0;
}

function hasPassed({ steps }: Attested, wanted: string): boolean {
  return steps.some(({ step, result }) => step === wanted && result === "passed");
}

/** The chain of a report is the reporter's word until the provider's records confirm each message's place in it. */
function isInOrder(attested: Attested): boolean {
  return (
    hasPassed(attested, "V7") &&
    attested.messages.every(({ open }) => open.every(({ step }) => step !== "V7"))
  );
}

function bySender(messages: readonly AttestedMessage[]): Array<[string, string[]]> {
  const senders = new Map<string, string[]>();
  for (const { sender, seq } of messages) senders.set(sender, [...(senders.get(sender) ?? []), seq]);
  return [...senders];
}
