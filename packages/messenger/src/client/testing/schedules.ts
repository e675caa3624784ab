import type { Message } from "../state.ts";
import type { Messenger } from "../types.ts";
import { makeWorld, type TestWorld } from "./people.ts";
import { verifySigned } from "./verify.ts";

/** A random life of some people in some rooms, and what was found when everybody reported everything they received. */
export interface ScheduleResult {
  readonly said: number;
  readonly commits: number;
  /** Messages received, counted once for each member who received them. */
  readonly received: number;
  /** Of those, how many a report of that member showed and verified. */
  readonly verified: number;
  readonly reports: number;
  /** What went wrong: nothing of these people was dishonest, so nothing may be refused, lost or unverified. */
  readonly failures: readonly string[];
}

export interface Schedule {
  readonly users: number;
  readonly rooms: number;
  readonly steps: number;
  readonly seed: number;
}

type Random = () => number;

export async function runSchedule({ users, rooms, steps, seed }: Schedule): Promise<ScheduleResult> {
  const random = randomFrom(seed);
  await using world = await makeWorld();
  const people: Messenger[] = [];
  for (let at = 0; at < users; at++) people.push(await world.person(`user-${at}`));
  const ids: string[] = [];
  for (let at = 0; at < rooms; at++) ids.push(await founded(people, random, at));
  await world.persist();

  for (let step = 0; step < steps; ) {
    const burst = 1 + Math.floor(random() * 6);
    await Promise.all(Array.from({ length: burst }, () => act(people, ids, random).catch(onlyRefusals)));
    step += burst;
    world.clock.advance(Math.floor(random() * 5_000));
    // Sometimes everybody is heard out, sometimes the next ones speak into the middle of it.
    if (random() < 0.4) await world.persist();
  }
  await world.persist();
  return await reportAll(world, people, ids);
}

async function founded(people: readonly Messenger[], random: Random, at: number): Promise<string> {
  const [founder, ...others] = shuffled(people, random);
  if (founder === undefined) throw new Error("a room needs somebody");
  const size = 1 + Math.floor(random() * Math.min(6, others.length));
  return await founder.createRoom({ handles: others.slice(0, size).map(handleOf), name: `Room ${at}` });
}

/** Somebody does something that their page would let them do. */
async function act(people: readonly Messenger[], rooms: readonly string[], random: Random): Promise<void> {
  const chosen = pick(rooms, random);
  const inside = people.filter((one) => isInside(one, chosen));
  if (inside.length === 0) return;
  const person = pick(inside, random);
  const room = person.getState().rooms.find(({ id }) => id === chosen);
  if (room === undefined) return;
  await person.acceptRequest(room.id);
  const what = random();
  if (what < 0.55) return await person.sendText(room.id, `Line ${Math.floor(random() * 1e9)} about kites`);
  await person.openRoom(room.id);
  const messages = (person.getRoom(room.id)?.messages ?? []).filter(isText);
  const own = messages.filter((message) => message.own && message.seq !== null);
  if (what < 0.65 && own.length > 0)
    return await person.editMessage(
      room.id,
      pick(own, random).key,
      `Better line ${Math.floor(random() * 1e9)}`,
    );
  if (what < 0.75 && messages.length > 0) {
    const sent = messages.filter(({ seq }) => seq !== null);
    if (sent.length > 0) await person.react(room.id, pick(sent, random).key, random() < 0.7 ? "🪁" : null);
    return;
  }
  if (what < 0.78 && own.length > 0) return await person.deleteMessage(room.id, pick(own, random).key);
  const outside = people.filter((one) => !room.members.includes(uriOf(one)));
  if (what < 0.92 && outside.length > 0)
    return await person.invite(room.id, [handleOf(pick(outside, random))]);
  const others = room.members.filter((uri) => uri !== uriOf(person));
  if (what < 0.97 && others.length > 1) return await person.remove(room.id, pick(others, random));
  if (others.length > 1) await person.leave(room.id);
}

/** Everybody reports everything they received, window by window; each report is verified as the verifier would. */
async function reportAll(
  world: TestWorld,
  people: readonly Messenger[],
  rooms: readonly string[],
): Promise<ScheduleResult> {
  const { state } = world.hub;
  const failures: string[] = [];
  let [received, verified, reports] = [0, 0, 0];
  for (const person of people)
    for (const room of rooms) {
      if (!person.getState().rooms.some(({ id }) => id === room)) continue;
      const who = `${handleOf(person)} in room ${rooms.indexOf(room)}`;
      const { seqs, keys, refused } = await heard(person, room);
      received += seqs.size;
      const handed = handedTo(world, person, room);
      if (handed !== seqs.size) failures.push(`${who}: was handed ${handed} messages and holds ${seqs.size}`);
      failures.push(...refused.map((code) => `${who}: a message was refused (${code})`));
      const covered = new Set<number>();
      for (const [seq, key] of keys) {
        if (covered.has(seq)) continue;
        const draft = await person.reviseReport(await person.draftReport(room, [key]), {
          kind: "extend-to-all",
        });
        const { bytes, reportId } = await person.previewReport({ ...draft, category: "other" });
        const { verdict } = await verifySigned(state, bytes, { reportId, now: world.clock.now() });
        reports++;
        for (const item of verdict.items) {
          covered.add(Number(item.roomSeq));
          if (item.verdict === "VERIFIED") continue;
          const codes = [...verdict.steps, ...item.steps].flatMap(({ result, code }) =>
            result === "failed" ? [code] : [],
          );
          failures.push(`${who}: message ${item.roomSeq} is ${item.verdict} (${codes.join(", ")})`);
        }
        verified += verdict.items.filter(
          (item) => item.verdict === "VERIFIED" && seqs.delete(Number(item.roomSeq)),
        ).length;
      }
      if (seqs.size > 0) failures.push(`${who}: no report showed ${[...seqs].join(", ")}`);
    }
  const known = [...state.rooms.values()];
  return {
    said: known.reduce((sum, { messages }) => sum + messages.length, 0),
    commits: known.reduce((sum, { epoch }) => sum + epoch, 0),
    received,
    verified,
    reports,
    failures,
  };
}

/** What the hub handed to somebody while they were listening: who left does not, until they are invited again. */
function handedTo({ hub }: TestWorld, person: Messenger, room: string): number {
  const device = hub.state.devices.get(person.getState().me?.deviceId ?? "");
  let [count, isListening] = [0, true];
  for (const event of device?.inbox ?? []) {
    if (!("roomId" in event) || event.roomId !== room) continue;
    if (event.kind === "welcome") isListening = true;
    else if (event.kind === "leave") isListening &&= event.member.uri !== uriOf(person);
    else if (event.kind === "message" && isListening) count++;
  }
  return count;
}

/** Places of all that somebody can still show, and keys of what stands for itself among it. */
async function heard(
  person: Messenger,
  room: string,
): Promise<{ seqs: Set<number>; keys: readonly (readonly [number, string])[]; refused: readonly string[] }> {
  await person.openRoom(room);
  for (let before = -1; person.getRoom(room)?.hasOlder === true; ) {
    const { length } = person.getRoom(room)?.messages ?? [];
    if (length === before) break;
    before = length;
    await person.loadOlder(room);
  }
  const messages = person.getRoom(room)?.messages ?? [];
  const keys = messages.flatMap(({ seq, key, reportable }) =>
    seq !== null && reportable ? [[seq, key] as const] : [],
  );
  const refused = messages.flatMap(({ body }) => (body.kind === "unverifiable" ? [body.code] : []));
  const seqs = new Set<number>();
  for (const [seq, key] of keys) {
    if (seqs.has(seq)) continue;
    const draft = await person.reviseReport(await person.draftReport(room, [key]), { kind: "extend-to-all" });
    for (const line of draft.lines) if (line.locked === null) seqs.add(line.seq);
  }
  return { seqs, keys, refused };
}

/** What a person's page tells them may happen when two people do two things at once. Anything else is a fault. */
function onlyRefusals(error: unknown): void {
  const code = (error as { code?: unknown }).code;
  if (code !== "room.not-member" && code !== "message.not-found" && code !== "room.not-found") throw error;
}

function isInside(person: Messenger, roomId: string): boolean {
  const standing = person.getState().rooms.find(({ id }) => id === roomId)?.standing;
  return standing === "member" || standing === "request";
}

function isText({ body, delivery }: Message): boolean {
  return body.kind === "text" && delivery === "sent";
}

function uriOf(person: Messenger): string {
  return person.getState().me?.uri ?? "";
}

function handleOf(person: Messenger): string {
  return person.getState().me?.handle ?? "";
}

function pick<T>(some: readonly T[], random: Random): T {
  const one = some[Math.floor(random() * some.length)];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
}

function shuffled<T>(some: readonly T[], random: Random): readonly T[] {
  return some
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
