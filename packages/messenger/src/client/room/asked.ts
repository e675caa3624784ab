import { handleOf } from "../context.ts";
import type { Work } from "../model/work.ts";

/** Somebody answered whether they may be added: every room that waited for them goes on. */
export async function takeAnswer(work: Work, uri: string, accepted: boolean): Promise<void> {
  for (const { key, value: room } of await work.list("rooms")) {
    const { wanted, notAdded } = room;
    if (!wanted.asked.includes(uri)) continue;
    const others = wanted.add.filter((one) => one !== uri);
    work.put("rooms", key, {
      ...room,
      notAdded: accepted ? notAdded : [...notAdded, handleOf(uri)],
      wanted: {
        ...wanted,
        asked: wanted.asked.filter((one) => one !== uri),
        add: accepted ? [...others, uri] : others,
        introduce: wanted.introduce || accepted,
      },
    });
  }
}
