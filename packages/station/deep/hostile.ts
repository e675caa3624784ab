import { once } from "node:events";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Attacked } from "./hostile/attack.ts";
import type { AttackOfKind, Orders } from "./hostile/attacker.ts";
import { type LoopDelay, watchLoop } from "./hostile/loop-delay.ts";
import { slowClients } from "./hostile/slow.ts";
import { startAttacked } from "./hostile/stations.ts";

// npm run deep -- hostile [--json] [--kind NAME] [--every N] [--patience S] [--slow-seconds S] [--slow-clients N]: some 1,700 attacks that tables make
// (XML, forms, HTTP itself, JSON), each with the answer that it must get, against running stations; then clients that send and read a
// byte a second, for minutes. It holds if every answer is as expected, the station had no fault of its own, and another sender was
// answered all the while. The attacker has a thread of its own: how late the event loop was is the stations' doing.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    kind: { type: "string" },
    every: { type: "string", default: "1" },
    patience: { type: "string", default: "10" },
    "slow-seconds": { type: "string", default: "150" },
    "slow-clients": { type: "string", default: "300" },
  },
});
await using stack = new AsyncDisposableStack();
const stations = await startAttacked({ after: (cleanUp) => stack.defer(cleanUp) });
const plain = ({ port, place }: Attacked): Attacked => ({ port, place });
const orders: Orders = {
  stations: { clearinghouse: plain(stations.clearinghouse), platform: plain(stations.platform) },
  kind: values.kind,
  every: Number(values.every),
  doneAfterMs: Number(values.patience) * 1000,
};
const loop = watchLoop();
const found: Array<AttackOfKind & { loop: LoopDelay }> = [];
const attacker = new Worker(new URL("./hostile/attacker.ts", import.meta.url), { workerData: orders });
attacker.on("message", (one: AttackOfKind) => {
  const late = loop.take();
  found.push({ ...one, loop: late });
  process.stderr.write(
    `${one.kind}: ${one.cases} cases, event loop late by ${late.late.p99} ms (p99), by itself ${late.byItself.p99}, at most ${late.byItself.max}\n`,
  );
});
await once(attacker, "exit");
const eventLoopDelayMs = loop.all();
loop.take();
const seconds = Number(values["slow-seconds"]);
const slow =
  seconds === 0
    ? undefined
    : await slowClients(stations.clearinghouse, stations.bystander.authorization, {
        clients: Number(values["slow-clients"]),
        seconds,
        document: stations.bystander.document,
      });
const sum = (of: (one: AttackOfKind) => number) => found.reduce((all, one) => all + of(one), 0);
const result = {
  cases: sum(({ cases }) => cases),
  asExpected: sum(({ asExpected }) => asExpected),
  unexpected: found.flatMap(({ unexpected }) => unexpected),
  faults: sum(({ faults }) => faults),
  eventLoopDelayMs,
  kinds: Object.fromEntries(
    found.map(({ kind, cases, loop: late }) => [kind, { cases, eventLoopDelayMs: late }]),
  ),
  ...(slow === undefined ? {} : { slow: { ...slow, eventLoopDelayMs: loop.take() } }),
};
const held =
  result.unexpected.length === 0 && result.faults === 0 && (slow?.othersMeanwhile.failed ?? 0) === 0;
for (const { kind, name, heard } of result.unexpected)
  process.stderr.write(`${kind}, ${name}: ${heard.replaceAll(/\s+/g, " ")}\n`);
process.stdout.write(
  values.json
    ? `${JSON.stringify({ name: "hostile", ...result, held })}\n`
    : `${result.asExpected} of ${result.cases} as expected, ${result.faults} faults, event loop late by ${eventLoopDelayMs.late.p99} ms (p99), by itself ${eventLoopDelayMs.byItself.p99}; ` +
        (slow === undefined
          ? "no slow clients\n"
          : `beside ${slow.clients} slow clients ${slow.othersMeanwhile.answers} answers, p99 ${slow.othersMeanwhile.p99Ms} ms (alone ${slow.othersBefore.p99Ms})\n`),
);
process.exitCode = held ? 0 : 1;
