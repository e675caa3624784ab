import { decodeBundle, decodeContent, decodeSignedBundle, hexOf, sealForVerifier } from "@fairlead/franking";
import { refreshAbout } from "../account/refresh.ts";
import type { Context } from "../context.ts";
import { mayPass, MessengerError } from "../error.ts";
import { meaningOf } from "../message/meaning.ts";
import { enqueue } from "../outbox/queue.ts";
import type { Receipt } from "../state.ts";
import type { ReportPreview } from "./types.ts";

/** Seals what was previewed to the verifier and puts it into the outbox, with a receipt to follow. */
export async function sendReport(context: Context, preview: ReportPreview): Promise<Receipt> {
  const { model, clock } = context;
  const { reportId, bytes, draft, shown, withheld } = preview;
  const sealed = await sealForVerifier(await verifierKey(context), bytes, new TextEncoder().encode(reportId));
  const receipt: Receipt = {
    reportId,
    roomId: draft.roomId,
    category: draft.category ?? "",
    shown: shown.length,
    withheld: withheld.length,
    createdAt: clock.now(),
    state: "waiting",
    steps: [],
    receipt: null,
  };
  await model.change(async (work) => {
    if ((await work.get("receipts", reportId)) !== undefined) return;
    await enqueue(work, { kind: "report", id: reportId, sealed, holds: holdsOf(bytes) });
    work.put("receipts", reportId, receipt);
  });
  context.wake();
  return model.all("receipts").get(reportId) ?? receipt;
}

/** The verifier's key changes now and then; the one that is known will do while the hub cannot be asked. */
async function verifierKey(context: Context): Promise<Uint8Array> {
  await refreshAbout(context).catch((error: unknown) => {
    if (!mayPass(error)) throw error;
  });
  const about = context.model.fact("about");
  if (about === undefined)
    throw new MessengerError("hub.unreachable", "The hub was not asked yet who reads its reports.");
  return about.verifierKey;
}

/** Blobs that the verifier is to open: the hub must not let go of them now. */
function holdsOf(signed: Uint8Array): readonly string[] {
  const holds = new Set<string>();
  for (const { content, attachments } of decodeBundle(decodeSignedBundle(signed).bundle).items) {
    const meaning = meaningOf(decodeContent(content));
    if (meaning.kind !== "file") continue;
    const full = new Set(attachments.filter(({ mode }) => mode === "full").map(({ root }) => hexOf(root)));
    for (const file of [meaning.file, ...(meaning.thumbnail === null ? [] : [meaning.thumbnail])])
      if (full.has(file.root)) holds.add(blobIdOf(file.part.url));
  }
  return [...holds];
}

/** The last part of a blob's url, whoever's address it begins with. */
export function blobIdOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
