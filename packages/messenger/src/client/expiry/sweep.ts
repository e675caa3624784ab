import type { Context } from "../context.ts";
import { rootsIn } from "../files/roots.ts";
import type { Work } from "../model/work.ts";
import { dueAt, dueKey } from "../store/keys.ts";
import type { DueRecord } from "../store/records.ts";
import { closeOpenings, forgotten, openOpening } from "./clock.ts";

/**
 * Lets everything disappear whose time is up, and forgets what can no longer be reported.
 *
 * @returns when there is something to do next; null if nothing is known
 */
export async function sweep(context: Context): Promise<number | null> {
  const { model, clock } = context;
  return await model.change(async (work) => {
    const now = clock.now();
    const past = await work.list("due", { to: dueKey(now, "~") });
    for (const { key, value } of past) {
      work.remove("due", key);
      await act(context, work, value);
    }
    const [next] = await work.list("due", { limit: 1 });
    return next === undefined ? null : dueAt(next.key);
  });
}

async function act(context: Context, work: Work, { line, what }: DueRecord): Promise<void> {
  const record = await work.get("lines", line);
  if (record?.kind !== "message") return;
  if (what === "disappear") return await closeOpenings(context, work, record, "disappeared");
  if (record.opening.state !== "sealed" || record.opening.until > context.clock.now()) return;
  // Its files go with it: nothing could open them any more.
  const content = await openOpening(context, record);
  if (content !== null) for (const root of rootsIn(content)) work.remove("files", root);
  work.put("lines", line, { ...record, opening: forgotten(record) });
}
