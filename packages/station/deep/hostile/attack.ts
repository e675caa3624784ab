import { once } from "node:events";
import { connect } from "node:net";
import type { Expected, HostileCase, Place, Target } from "./case.ts";

/** A station under attack. */
export interface Attacked {
  readonly port: number;
  readonly place: Place;
}

export interface Unexpected {
  readonly kind: string;
  readonly name: string;
  readonly heard: string;
}

export interface Attack {
  readonly cases: number;
  readonly asExpected: number;
  readonly unexpected: readonly Unexpected[];
  /** Answers with 5xx other than a declared 503 or 507. */
  readonly faults: number;
}

/** After so long we say that we are done: a server that waits for more of a broken request then gives up, and so does one that is behind. */
const DONE_AFTER_MS = 4000;
/** A connection that has said nothing for so long after that will say nothing. */
const SILENCE_MS = 21_000;
/** So many at a time: most of them wait for nothing but the round trip. */
const LANES = 8;

/** Sends every case on a connection of its own and compares. */
export async function attack(
  cases: readonly HostileCase[],
  stations: Readonly<Record<Target, Attacked>>,
  doneAfterMs = DONE_AFTER_MS,
): Promise<Attack> {
  const unexpected: Unexpected[] = [];
  let faults = 0;
  let next = 0;
  const lane = async () => {
    for (let one = cases[next++]; one !== undefined; one = cases[next++]) await send(one);
  };
  const send = async (one: HostileCase) => {
    const { port, place } = stations[one.target];
    const heard = await exchange(port, one.bytes(place), doneAfterMs);
    const problem = compare(one.expected, heard);
    if (problem !== undefined) unexpected.push({ kind: one.kind, name: one.name, heard: problem });
    if (statusesIn(heard).some((status) => status >= 500 && ![501, 503, 505, 507].includes(status)))
      faults += 1;
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return {
    cases: cases.length,
    asExpected: cases.length - unexpected.length,
    unexpected,
    faults,
  };
}

/** @returns everything that came back until the connection was closed */
async function exchange(port: number, bytes: Uint8Array, doneAfterMs: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (part: string) => {
    text += part;
  });
  // A server that refuses early may reset the connection while we still send: what it had said counts.
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  const done = setTimeout(() => socket.end(), doneAfterMs);
  const silent = setTimeout(() => socket.destroy(), doneAfterMs + SILENCE_MS);
  socket.write(bytes);
  await closed;
  clearTimeout(done);
  clearTimeout(silent);
  return text;
}

function statusesIn(heard: string): number[] {
  return Array.from(heard.matchAll(/^HTTP\/1\.[01] (\d{3})/gm), ([, status]) => Number(status)).filter(
    (status) => status !== 100,
  );
}

/** @returns what is wrong with an answer */
function compare(expected: Expected, heard: string): string | undefined {
  const statuses = statusesIn(heard);
  if (statuses.length === 0) return expected.maybeSilent === true ? undefined : "no answer";
  if (statuses.length > 1) return `${statuses.length} answers: ${statuses.join(", ")}`;
  const [status = 0] = statuses;
  const told = `${status} ${heard.slice(heard.indexOf("\r\n\r\n") + 4, heard.indexOf("\r\n\r\n") + 200)}`;
  if (!expected.statuses.includes(status)) return told;
  const code = /<responseCode>(\d+)</.exec(heard)?.[1];
  if (expected.codes !== undefined && !expected.codes.includes(Number(code))) return told;
  // Where an answer has a body it is the wire's own or problem+json, never a page or a trace.
  return /\n\s+at .*\.ts/.test(heard) ? `a stack trace: ${told}` : undefined;
}
