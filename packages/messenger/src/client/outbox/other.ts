import { frankingTag, verifyFrankAudit } from "@fairlead/franking";
import { type Context, sessionOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import { openOpening } from "../expiry/clock.ts";
import { warn } from "../safety/warnings.ts";
import type { OutgoingAudit, OutgoingLeave, OutgoingReport } from "../store/records.ts";

/** Tells the hub that this device leaves. A hub that does not know us there has nothing to hear. */
export async function sendLeave(context: Context, key: string, { roomId }: OutgoingLeave): Promise<void> {
  await unlessRefused(() => sessionOf(context).leaveRoom(roomId));
  await context.model.change((work) => work.remove("outbox", key));
}

/** Hands a sealed report in. Handing it in again after a crash changes nothing: the hub knows it by its id. */
export async function sendReport(context: Context, key: string, report: OutgoingReport): Promise<void> {
  const { id: reportId, sealed, holds } = report;
  const answer = await unlessRefused(() => sessionOf(context).sendReport({ reportId, sealed, holds }));
  await context.model.change(async (work) => {
    work.remove("outbox", key);
    const receipt = await work.get("receipts", reportId);
    if (receipt === undefined) return;
    const at = context.clock.now();
    work.put(
      "receipts",
      reportId,
      answer === null
        ? { ...receipt, state: "refused", steps: [...receipt.steps, { at, what: "refused" }] }
        : {
            ...receipt,
            state: "received",
            receipt: answer.receipt,
            steps: [...receipt.steps, { at, what: "received" }],
          },
    );
  });
}

/** FrankAudit (e2ee.md 7.2): would a report of this message hold? A hub that marks messages with junk is caught here. */
export async function sendAudit(
  context: Context,
  key: string,
  { roomId, line }: OutgoingAudit,
): Promise<void> {
  const { model, crypto, mls, clock } = context;
  const record = await model.store.get("lines", line);
  const room = model.all("rooms").get(roomId);
  const content = record?.kind === "message" ? await openOpening(context, record) : null;
  const state = await model.store.get("groups", roomId);
  if (record?.kind !== "message" || room === undefined || content === null || state === undefined)
    return await model.change((work) => work.remove("outbox", key));
  const audit = { tag: await frankingTag(crypto, content), frank: record.frank };
  const named = { senderUri: record.senderUri, roomUri: room.uri };
  const answer = await unlessRefused(() =>
    sessionOf(context).auditFrank({ ...audit, context: { ...named, acceptedAt: record.acceptedAt } }),
  );
  const agent = mls.inspect(state).agent?.publicKey;
  const asked = { ...audit, context: { ...named, acceptedAt: BigInt(record.acceptedAt) } };
  const isGenuine =
    answer !== null &&
    agent !== undefined &&
    answer.valid &&
    (await verifyFrankAudit(crypto, agent, asked, answer));
  await model.change(async (work) => {
    work.remove("outbox", key);
    if (!isGenuine)
      await warn(work, { kind: "mark-not-genuine", roomId, detail: `audit ${record.seq}`, at: clock.now() });
  });
}

/** null for a refusal; what may pass is thrown. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MessengerError && error.code === "hub.refused") return null;
    throw error;
  }
}
