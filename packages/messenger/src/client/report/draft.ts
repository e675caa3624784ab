import { type Context, deviceOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import type { MessageRecord, RoomRecord } from "../store/records.ts";
import { hasNeighbours, lineOf, readWindow } from "./lines.ts";
import type { DraftChange, DraftLine, FileMode, ReportDraft } from "./types.ts";

/** e2ee.md 4.2: offered before and after each message that was picked. Fewer are too short for what builds up slowly. */
export const CONTEXT_MESSAGES = 10;
/** As many as a report may show (franking's limit on items). */
const MOST_SHOWN = 500;

/**
 * A draft around some messages.
 * @throws MessengerError `report.nothing-selected`, `report.not-held` if nothing of what was picked can be shown
 */
export async function draftReport(
  context: Context,
  roomId: string,
  selected: readonly MessageRecord[],
): Promise<ReportDraft> {
  const seqs = selected.map(({ seq }) => seq).toSorted((a, b) => a - b);
  const [first] = seqs;
  const last = seqs.at(-1);
  if (first === undefined || last === undefined)
    throw new MessengerError("report.nothing-selected", "Choose at least one message to report.");
  const { young, uri } = deviceOf(context);
  const draft: ReportDraft = {
    roomId,
    lines: [],
    hasOlder: false,
    hasNewer: false,
    accused: selected.find(({ senderUri }) => senderUri !== uri)?.senderUri ?? null,
    category: null,
    note: "",
    defaultMode: young ? "hash-only" : "full",
  };
  const made = await withWindow(
    context,
    draft,
    { from: first - CONTEXT_MESSAGES, to: last + CONTEXT_MESSAGES, around: first },
    (seq) => {
      if (seqs.includes(seq)) return "selected";
      return seqs.some((one) => Math.abs(one - seq) <= CONTEXT_MESSAGES) ? "context" : "withheld";
    },
  );
  if (!made.lines.some(({ role }) => role === "selected"))
    throw new MessengerError("report.not-held", "This device no longer holds what was said there.");
  return made;
}

/** The draft with one thing changed. */
export async function reviseReport(
  context: Context,
  draft: ReportDraft,
  change: DraftChange,
): Promise<ReportDraft> {
  switch (change.kind) {
    case "extend":
      return await extend(context, draft, change);
    case "extend-to-all":
      return await extend(context, draft, { older: Number.MAX_SAFE_INTEGER, newer: Number.MAX_SAFE_INTEGER });
    case "role":
      return changeLine(draft, change.seq, (line) => (line.locked === null ? { role: change.role } : {}));
    case "file":
      return changeLine(draft, change.seq, ({ files }) => ({
        files: files.map((file) => (file.root === change.root ? { ...file, mode: change.mode } : file)),
      }));
    case "all-files":
      return {
        ...draft,
        defaultMode: change.mode,
        lines: draft.lines.map((line) => withMode(line, change.mode)),
      };
    case "category":
      return { ...draft, category: change.category };
    case "note":
      return { ...draft, note: change.note };
    case "accused":
      return { ...draft, accused: change.uri };
  }
}

/** What was added is context: it was not what made the person report. */
async function extend(
  context: Context,
  draft: ReportDraft,
  { older, newer }: { older: number; newer: number },
): Promise<ReportDraft> {
  const first = draft.lines[0]?.seq ?? 1;
  const last = draft.lines.at(-1)?.seq ?? first;
  const known = new Map(draft.lines.map((line) => [line.seq, line]));
  const wide = await withWindow(
    context,
    draft,
    { from: first - older, to: last + newer, around: first },
    () => "context",
  );
  const lines = wide.lines.map((line) => known.get(line.seq) ?? line);
  return { ...wide, lines: shownAtMost(lines, MOST_SHOWN) };
}

/** Lines beyond what a report may hold are withheld, from the far ends inwards. */
function shownAtMost(lines: readonly DraftLine[], most: number): readonly DraftLine[] {
  const shown = lines.filter(({ role }) => role !== "withheld");
  if (shown.length <= most) return lines;
  const selected = shown.filter(({ role }) => role === "selected").map(({ seq }) => seq);
  const distance = ({ seq }: DraftLine) => Math.min(...selected.map((one) => Math.abs(one - seq)));
  const near = new Set(shown.toSorted((a, b) => distance(a) - distance(b)).slice(0, most));
  return lines.map((line) =>
    near.has(line) || line.role === "withheld" ? line : { ...line, role: "withheld" },
  );
}

async function withWindow(
  context: Context,
  draft: ReportDraft,
  wanted: { from: number; to: number; around: number },
  roleOf: (seq: number) => DraftLine["role"],
): Promise<ReportDraft> {
  const room = roomIn(context, draft.roomId);
  const bounds = {
    from: Math.max(wanted.from, room.chain.firstSeq),
    to: Math.min(wanted.to, Number(room.signedHead?.roomSeq ?? 0)),
    around: wanted.around,
  };
  const held = await readWindow(context, draft.roomId, bounds);
  const { uri } = deviceOf(context);
  const lines: DraftLine[] = [];
  for (const one of held)
    lines.push(
      await lineOf(context, one, { own: uri, role: roleOf(one.record.seq), mode: draft.defaultMode }),
    );
  const [from, to] = [lines[0]?.seq ?? bounds.around, lines.at(-1)?.seq ?? bounds.around];
  const around = await hasNeighbours(context, draft.roomId, { from, to });
  return {
    ...draft,
    lines,
    hasOlder: around.hasOlder && from > room.chain.firstSeq,
    hasNewer: around.hasNewer && to < Number(room.signedHead?.roomSeq ?? 0),
  };
}

/** @throws MessengerError `room.not-found` */
export function roomIn({ model }: Pick<Context, "model">, roomId: string): RoomRecord {
  const room = model.all("rooms").get(roomId);
  if (room === undefined) throw new MessengerError("room.not-found", "This device has no such room.");
  return room;
}

function changeLine(
  draft: ReportDraft,
  seq: number,
  change: (line: DraftLine) => Partial<DraftLine>,
): ReportDraft {
  return {
    ...draft,
    lines: draft.lines.map((line) => (line.seq === seq ? { ...line, ...change(line) } : line)),
  };
}

function withMode(line: DraftLine, mode: FileMode): DraftLine {
  return { ...line, files: line.files.map((file) => ({ ...file, mode })) };
}
