import { changePerson } from "../account/people.ts";
import { refreshSafety } from "../account/refresh.ts";
import { type Context, handleOf, sessionOf } from "../context.ts";
import type { Settings } from "../state.ts";

/** Asks the hub first: a block that only this device knew would not keep anybody away from the others. */
export async function block(context: Context, uri: string): Promise<void> {
  await sessionOf(context).block(uri);
  await context.model.change((work) => changePerson(work, uri, () => ({ blocked: true, trusted: false })));
  const safety = context.model.fact("safety");
  // A notice about somebody who is blocked has nothing left to say.
  if (safety?.notices.some((notice) => notice.uri === uri) === true) await refreshSafety(context);
}

export async function unblock(context: Context, uri: string): Promise<void> {
  await sessionOf(context).unblock(handleOf(uri));
  await context.model.change((work) => changePerson(work, uri, () => ({ blocked: false })));
}

export async function trust(context: Context, uri: string, trusted: boolean): Promise<void> {
  await context.model.change((work) => changePerson(work, uri, () => ({ trusted })));
}

/** Lets somebody who asked add us to rooms, or not. */
export async function answerAsk(context: Context, uri: string, accept: boolean): Promise<void> {
  await sessionOf(context).answerAsk(handleOf(uri), accept);
  await context.model.change(async (work) => {
    const asks = context.model.fact("asks") ?? [];
    work.put(
      "facts",
      "asks",
      asks.filter((ask) => ask.uri !== uri),
    );
    if (accept) await changePerson(work, uri, () => ({ known: true }));
  });
}

/** Asks for a person of the platform to look at what stands for this account. Needs the hub. */
export async function appeal(context: Context, words: string): Promise<void> {
  await sessionOf(context).appeal(words);
  await refreshSafety(context);
}

/** Puts away the notice about somebody who asked. Needs the hub: the other devices are to know. */
export async function sayFine(context: Context, uri: string): Promise<void> {
  await sessionOf(context).sayFine(handleOf(uri));
  await refreshSafety(context);
}

export async function dismissNotice({ model }: Context, id: string): Promise<void> {
  await model.change(async (work) => {
    const notice = await work.get("notices", id);
    if (notice !== undefined) work.put("notices", id, { ...notice, dismissed: true });
  });
}

export async function changeSettings({ model }: Context, change: Partial<Settings>): Promise<void> {
  await model.change((work) => {
    const now = model.fact("settings") ?? { blurPictures: false, safetyNotices: false };
    work.put("facts", "settings", { ...now, ...change });
  });
}
