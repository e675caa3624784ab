import type { MlsMember } from "@fairlead/franking/mls";
import { isConfirmed, lookUp } from "../account/people.ts";
import { type Context, handleOf } from "../context.ts";
import { warn } from "../safety/warnings.ts";
import { changeRoom } from "./record.ts";

/**
 * Looks up who joined a room: what they call themselves, and whether the key that speaks for them in the group is the one that the
 * hub's directory names for that device. Done once for each epoch that brought somebody new.
 */
export async function checkDirectory(context: Context, roomId: string): Promise<void> {
  const { mls, model, clock } = context;
  const state = await model.store.get("groups", roomId);
  const room = model.all("rooms").get(roomId);
  if (state === undefined || room === undefined || room.checkedEpoch >= room.epoch) return;
  const { members, epoch } = mls.inspect(state);
  const asked = new Set<string>();
  const strange: MlsMember[] = [];
  for (const member of members) {
    const person = () => model.all("people").get(member.uri);
    if (isConfirmed(person(), member)) continue;
    if (!asked.has(member.uri)) await lookUp(context, handleOf(member.uri));
    asked.add(member.uri);
    if (!isConfirmed(person(), member)) strange.push(member);
  }
  await model.change(async (work) => {
    for (const { uri } of strange)
      await warn(work, { kind: "unknown-device", roomId, detail: handleOf(uri), at: clock.now() });
    await changeRoom(work, roomId, (now) => ({ checkedEpoch: Math.max(now.checkedEpoch, Number(epoch)) }));
  });
}
