import type { ReportBundle } from "../../src/bundle/types.ts";
import { type Evidence, type Finding, finding } from "./input.ts";
import { keysAt } from "./message-steps.ts";
import { isSignedAs, sha256 } from "./primitives.ts";
import { concat, equal, u64, varText } from "./tls.ts";

interface Link {
  readonly roomSeq: bigint;
  readonly recHash: Uint8Array;
  readonly prevHead: Uint8Array;
}

/** Everything that the report names, shown or kept back, in order. */
function linksOf({ items, withheld }: ReportBundle): readonly Link[] {
  const links: Link[] = [...items.map(({ ext }) => ext), ...withheld];
  return links.toSorted((one, other) => (one.roomSeq < other.roomSeq ? -1 : 1));
}

const headAfter = ({ prevHead, recHash }: Link): Uint8Array => sha256(concat(prevHead, recHash));

/** The chain's head after each place that the report tells of. */
export function headsOf(bundle: ReportBundle): ReadonlyMap<bigint, Uint8Array> {
  const links = linksOf(bundle);
  return new Map([
    ...links.map((link) => [link.roomSeq - 1n, link.prevHead] as const),
    ...links.map((link) => [link.roomSeq, headAfter(link)] as const),
  ]);
}

/** e2ee.md 4.2 (hub chain) and V7, for the window. */
export function checkChain(bundle: ReportBundle): Finding {
  const links = linksOf(bundle);
  const { from, to, headAtReport } = bundle.window;
  const isWhole = BigInt(links.length) === to - from + 1n;
  const [first, last] = [links[0], links.at(-1)];
  const startsElsewhere =
    first !== undefined && first.roomSeq === 1n && !equal(first.prevHead, new Uint8Array(32));
  const isBroken = links.some((link, at) => {
    const next = links[at + 1];
    return next !== undefined && next.roomSeq === link.roomSeq + 1n && !equal(headAfter(link), next.prevHead);
  });
  const isOtherHead =
    last !== undefined && last.roomSeq === headAtReport.roomSeq && !equal(headAfter(last), headAtReport.head);
  return finding("V7", [
    !isWhole && "chain.gap",
    (startsElsewhere || isBroken) && "chain.broken",
    isOtherHead && "chain.head",
  ]);
}

/** e2ee.md V8, for the head that the reporter's device held. */
export function checkHead(
  evidence: Evidence,
  { roomUri, window: { headAtReport: head } }: ReportBundle,
): Finding {
  const signed = concat(varText(head.roomUri), u64(head.roomSeq), head.head, u64(head.at));
  const isRight = keysAt(evidence, head.at).some((key) => isSignedAs("CSFHead", key, signed, head.signature));
  return finding("V8", [!isRight && "head.signature", head.roomUri !== roomUri && "head.other-room"]);
}
