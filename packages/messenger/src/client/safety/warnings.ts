import type { Work } from "../model/work.ts";
import type { Notice, Warning } from "../state.ts";

/** Keeps a warning about the hub. One of a kind a room is enough: the first says since when. */
export async function warn(work: Work, warning: Omit<Warning, "id">): Promise<void> {
  const id = `${warning.kind}/${warning.roomId ?? ""}`;
  if ((await work.get("warnings", id)) === undefined) work.put("warnings", id, { id, ...warning });
}

/** Keeps a notice for the person. One that was there before, dismissed or not, does not come again. */
export async function notice(work: Work, one: Omit<Notice, "id">): Promise<void> {
  const id = `${one.kind}/${one.roomId ?? ""}/${one.uri ?? ""}`;
  if ((await work.get("notices", id)) === undefined)
    work.put("notices", id, { id, dismissed: false, ...one });
}
