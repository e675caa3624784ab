import { FrankingError } from "../error.ts";
import type { FrankExt } from "../wire/types.ts";
import { BUNDLE_LIMITS } from "./bundle.ts";
import type { AttachmentDisclosure, BundleItem, ReportBundle, WithheldItem } from "./types.ts";

/** A place of a room as a device holds it. */
export interface HeldMessage {
  /** Kept for every message that the hub handed over, shown or not: without it the window could not be linked. */
  readonly ext: FrankExt;
  /** null if the message failed its checks or is no longer on the device. */
  readonly opening: HeldOpening | null;
}

/** What shows a message. */
export interface HeldOpening
  extends Pick<BundleItem, "content" | "senderUri" | "deviceId" | "epoch" | "acceptedAt" | "frank"> {
  /** The roots of what the message carries. */
  readonly attachments: readonly Uint8Array[];
}

/** What the person who reports chose. Messages are named by their place in the room. */
export interface ReportChoice {
  readonly selected: ReadonlySet<bigint>;
  /** Within the window, but to be kept back. */
  readonly withdrawn: ReadonlySet<bigint>;
  /** Messages of context around each selected one. */
  readonly before: number;
  readonly after: number;
  readonly disclose: (root: Uint8Array) => AttachmentDisclosure["mode"];
}

/** The note, the addresses and the head, and what a place takes that is only named. */
const FRAME_BYTES = BUNDLE_LIMITS.noteBytes + 32 * 1024;
const WITHHELD_BYTES = 84;

/** e2ee.md 4.2: fewer than 10 are too short for what builds up slowly. */
export const CONTEXT_MESSAGES = 10;

/**
 * Cuts the window of a report out of a room: the selected messages with their context, in order, and everything else between the
 * first and the last of them as withheld, so that nothing is left out unseen. Context that a report has no room for is withheld,
 * the farthest first.
 *
 * @param held In any order; what lies beyond the window is not used.
 * @throws FrankingError `bundle.nothing-selected` if nothing of what was selected can be shown, `bundle.gap` if the device does not
 *   know a place between the selected messages, `bundle.too-many` if a report has no room for the selected messages alone
 */
export function chooseWindow(
  held: readonly HeldMessage[],
  choice: ReportChoice,
): Pick<ReportBundle, "items" | "withheld"> & { readonly from: bigint; readonly to: bigint } {
  const bySeq = new Map(held.map((one) => [one.ext.roomSeq, one]));
  const picked = [...choice.selected].filter((seq) => isToBeShown(bySeq.get(seq), choice)).toSorted(compare);
  const [first, last] = [picked[0], picked.at(-1)];
  if (first === undefined || last === undefined)
    throw new FrankingError(
      "bundle.nothing-selected",
      "A report needs one selected message that can be shown.",
    );
  const places = [
    ...placesFrom(bySeq, first, -choice.before).toReversed(),
    ...between(bySeq, first, last),
    ...placesFrom(bySeq, last, choice.after),
  ];
  const shown = shownOf(places, picked, choice);
  const items: BundleItem[] = [];
  const withheld: WithheldItem[] = [];
  for (const { ext, opening } of places) {
    const { roomSeq, recHash, prevHead } = ext;
    if (opening !== null && shown.has(roomSeq)) items.push(itemOf(ext, opening, choice));
    else withheld.push({ roomSeq, recHash, prevHead });
  }
  return { items, withheld, from: places[0]?.ext.roomSeq ?? first, to: places.at(-1)?.ext.roomSeq ?? last };
}

/** What is near a selected message, and fits: the selected ones come first, then what is nearest. */
function shownOf(
  places: readonly HeldMessage[],
  picked: readonly bigint[],
  choice: ReportChoice,
): ReadonlySet<bigint> {
  const isNear = (seq: bigint) =>
    picked.some((one) => seq >= one - BigInt(choice.before) && seq <= one + BigInt(choice.after));
  const wanted = places
    .filter((one) => isToBeShown(one, choice) && isNear(one.ext.roomSeq))
    .map((one) => ({
      seq: one.ext.roomSeq,
      bytes: bytesOf(one),
      distance: distanceTo(picked, one.ext.roomSeq),
    }))
    .toSorted((one, other) => compare(one.distance, other.distance) || compare(one.seq, other.seq));
  const shown = new Set<bigint>();
  let left = BUNDLE_LIMITS.bytes - FRAME_BYTES - places.length * WITHHELD_BYTES;
  for (const { seq, bytes, distance } of wanted) {
    left -= bytes;
    if (left >= 0 && shown.size < BUNDLE_LIMITS.items) shown.add(seq);
    else if (distance === 0n)
      throw new FrankingError(
        "bundle.too-many",
        `${picked.length} selected messages are more than one report has room for. Make several reports of them.`,
      );
    else break;
  }
  return shown;
}

/** Context goes on as far as it was asked for, or until a place that the device does not know. */
function placesFrom(
  bySeq: ReadonlyMap<bigint, HeldMessage>,
  start: bigint,
  count: number,
): readonly HeldMessage[] {
  const step = count < 0 ? -1n : 1n;
  const found: HeldMessage[] = [];
  for (let seq = start + step; found.length < Math.abs(count); seq += step) {
    const one = bySeq.get(seq);
    if (one === undefined) break;
    found.push(one);
  }
  return found;
}

function between(
  bySeq: ReadonlyMap<bigint, HeldMessage>,
  first: bigint,
  last: bigint,
): readonly HeldMessage[] {
  const found: HeldMessage[] = [];
  for (let seq = first; seq <= last; seq += 1n) {
    const one = bySeq.get(seq);
    if (one === undefined)
      throw new FrankingError(
        "bundle.gap",
        `This device knows nothing of place ${seq} of the room. Report what lies before and behind it separately.`,
      );
    found.push(one);
  }
  return found;
}

function isToBeShown(one: HeldMessage | undefined, { withdrawn }: ReportChoice): boolean {
  return one !== undefined && one.opening !== null && !withdrawn.has(one.ext.roomSeq);
}

function itemOf(ext: FrankExt, opening: HeldOpening, choice: ReportChoice): BundleItem {
  return {
    ...opening,
    ext,
    selected: choice.selected.has(ext.roomSeq),
    attachments: opening.attachments.map((root) => ({ root, mode: choice.disclose(root) })),
  };
}

/** At most what an item takes in the report's encoding. */
function bytesOf({ opening }: HeldMessage): number {
  if (opening === null) return 0;
  const { content, senderUri, frank, attachments } = opening;
  return content.length + senderUri.length * 3 + frank.signature.length + attachments.length * 40 + 256;
}

function distanceTo(picked: readonly bigint[], seq: bigint): bigint {
  return picked
    .map((one) => (one < seq ? seq - one : one - seq))
    .reduce((nearest, one) => (one < nearest ? one : nearest));
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
