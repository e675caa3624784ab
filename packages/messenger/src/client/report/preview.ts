import {
  attachmentCommitmentsOf,
  type BundleItem,
  decodeContent,
  encodeSignedBundle,
  hexOf,
  type ReportBundle,
  signBundle,
  type WithheldItem,
} from "@fairlead/franking";
import { type Context, deviceOf } from "../context.ts";
import { fromHex, holdable } from "../encoding.ts";
import { MessengerError } from "../error.ts";
import { roomIn } from "./draft.ts";
import { type HeldMessage, readWindow } from "./lines.ts";
import type { DraftLine, ReportDraft, ReportPreview } from "./types.ts";
import { uuid7 } from "./uuid.ts";

/** What sealing adds, and more. */
const SEAL_BYTES = 128;

/**
 * Makes the report and signs it with this device's key. What comes back is what would be sent, to the byte; nothing has been sent.
 * @throws MessengerError `report.nothing-selected`, `report.no-category`, `report.too-large`, `report.not-held` if a message was
 *   forgotten meanwhile
 */
export async function previewReport(context: Context, draft: ReportDraft): Promise<ReportPreview> {
  const { crypto, clock, model } = context;
  const { category } = draft;
  if (!draft.lines.some(({ role }) => role === "selected"))
    throw new MessengerError("report.nothing-selected", "Choose at least one message to report.");
  if (category === null) throw new MessengerError("report.no-category", "Say what the report is about.");
  const about = model.fact("about");
  const reportId = uuid7(clock.now(), crypto.random(10));
  const bundle = await bundleOf(context, { ...draft, category }, reportId);
  const bytes = encodeSignedBundle(await signBundle(crypto, deviceOf(context).privateKey, bundle));
  const most = about?.limits["reportBytes"] ?? Number.POSITIVE_INFINITY;
  if (bytes.length + SEAL_BYTES > most)
    throw new MessengerError(
      "report.too-large",
      "The report is larger than the hub takes; withhold some of it.",
    );
  const shown = draft.lines.filter(({ role }) => role !== "withheld");
  const files = shown.flatMap(({ seq, files }) => files.map((file) => ({ ...file, seq })));
  const withheld = bundle.withheld.map(({ roomSeq }) => Number(roomSeq));
  return {
    reportId,
    draft,
    shown,
    withheld,
    files,
    recipient: { hub: about?.name ?? "", domain: deviceOf(context).domain },
    alsoSent: [
      "account",
      "device",
      "room",
      "time",
      "chain",
      "client-version",
      ...(bundle.note === "" ? [] : ["note" as const]),
    ],
    notSent: [
      "keys",
      "other-rooms",
      "contacts",
      ...(withheld.length === 0 ? [] : ["withheld-messages" as const]),
      ...(files.some(({ mode }) => mode === "hash-only") ? ["hash-only-files" as const] : []),
    ],
    bytes,
    sha256: hexOf(await crypto.sha256(bytes)),
  };
}

async function bundleOf(
  context: Context,
  draft: ReportDraft & { category: string },
  reportId: string,
): Promise<ReportBundle> {
  const { roomId, lines } = draft;
  const room = roomIn(context, roomId);
  const { uri, deviceId } = deviceOf(context);
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined || room.signedHead === null) throw notHeld();
  const held = await readWindow(context, roomId, { from: first.seq, to: last.seq, around: first.seq });
  const bySeq = new Map(held.map((one) => [one.record.seq, one]));
  const items: BundleItem[] = [];
  const withheld: WithheldItem[] = [];
  for (const line of lines) {
    const one = bySeq.get(line.seq);
    if (one === undefined) throw notHeld();
    if (line.role === "withheld") withheld.push(withheldOf(one));
    else items.push(itemOf(one, line));
  }
  return {
    version: 1,
    reportId,
    roomUri: room.uri,
    reporter: { uri, deviceId },
    accusedUri: draft.accused ?? "",
    category: draft.category,
    note: holdable(draft.note),
    items,
    withheld,
    window: {
      from: BigInt(first.seq),
      to: BigInt(last.seq),
      firstSeq: BigInt(room.chain.firstSeq),
      headAtReport: room.signedHead,
    },
    client: context.client,
    createdAt: BigInt(context.clock.now()),
  };
}

function itemOf({ record, content }: HeldMessage, { role, files }: DraftLine): BundleItem {
  if (content === null) throw notHeld();
  const committed = new Set(
    [...attachmentCommitmentsOf(decodeContent(content)).values()].map(({ root }) => hexOf(root)),
  );
  return {
    selected: role === "selected",
    content,
    senderUri: record.senderUri,
    deviceId: record.deviceId,
    epoch: BigInt(record.epoch),
    acceptedAt: BigInt(record.acceptedAt),
    frank: record.frank,
    ext: record.ext,
    attachments: files
      .filter(({ root }) => committed.has(root))
      .map(({ root, mode }) => ({ root: fromHex(root), mode })),
  };
}

function withheldOf({ record: { ext } }: HeldMessage): WithheldItem {
  return { roomSeq: ext.roomSeq, recHash: ext.recHash, prevHead: ext.prevHead };
}

function notHeld(): MessengerError {
  return new MessengerError(
    "report.not-held",
    "This device no longer holds all that the report was to show.",
  );
}
