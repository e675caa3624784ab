import { parseArgs } from "node:util";
import { webCrypto } from "../src/crypto/web.ts";
import { openMls } from "../src/mls/web.ts";
import { makeWorld } from "../src/verify/testing/world.ts";
import { verifyBundle } from "../src/verify/verify-bundle.ts";
import { openConversation, type Timed } from "./franking/conversation.ts";
import { hubMessagesPerSecond, signaturesPerSecond } from "./franking/hub-work.ts";
import { kitKiB } from "../../messenger/bench/kit/size.ts";

// npm run bench -- franking [--json]: a message of 1 KiB sent and received with franking against the same without, over MLS and
// WebCrypto, in turns of one run; the hub's work for a message; verifying a window of 21 messages; what a browser loads.

const BODY_BYTES = 1024;
const TURNS = 100;
/** Turns that are not counted: both ways run the same MLS code, so it is compiled sooner than what only franking runs. */
const WARM_UP_TURNS = 30;
/** Messages in a turn: what comes together at a device that is online in a lively room is signed for once. */
const BATCH = 16;
const SIGNATURES = 1_000;
const HUB_MESSAGES = 2_000;
const WINDOW = 21;
const WINDOWS = 20;

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

const conversation = await openConversation(await openMls(), webCrypto(), BODY_BYTES);
const turns: Array<{ plain: Timed; franked: Timed }> = [];
for (let turn = -WARM_UP_TURNS; turn < TURNS; turn += 1) {
  const pair = { plain: await conversation.plain(BATCH), franked: await conversation.franked(BATCH) };
  if (turn >= 0) turns.push(pair);
}

const perMessage = (pick: (turn: (typeof turns)[number]) => number) => median(turns.map(pick)) / BATCH;
const limit = perMessage(({ plain }) => plain.send + plain.receive);
const value = perMessage(({ franked }) => franked.send + franked.receive);
// Each turn is a pair, so what slows the machine slows both: the median of the pairs' ratios is steadier than that of the times.
const ratio = median(
  turns.map(({ plain, franked }) => (franked.send + franked.receive) / (plain.send + plain.receive)),
);
const result = {
  name: "franking",
  unit: "ms to send and receive a message of 1 KiB, both ends, WebCrypto",
  value: rounded(value),
  limit: rounded(limit),
  limitIs: "the same MLS messages without franking, in the same run",
  ratio: rounded(ratio),
  cpuMs: rounded(perMessage(({ franked }) => franked.cpu)),
  cpuLimitMs: rounded(perMessage(({ plain }) => plain.cpu)),
  cpuRatio: rounded(median(turns.map(({ plain, franked }) => franked.cpu / plain.cpu))),
  /** What the two signatures that a message cannot do without, the sender's and the check of the hub's, make of it alone. */
  signaturesOnlyCpuRatio: rounded(1 + (await signaturesCpuMs()) / perMessage(({ plain }) => plain.cpu)),
  sendRatio: rounded(median(turns.map(({ plain, franked }) => franked.send / plain.send))),
  receiveRatio: rounded(median(turns.map(({ plain, franked }) => franked.receive / plain.receive))),
  hubMessagesPerSecond: Math.round(await hubMessagesPerSecond(HUB_MESSAGES, BATCH)),
  hubSignaturesOnlyPerSecond: Math.round(signaturesPerSecond(HUB_MESSAGES / 2, BATCH)),
  ...(await windowMs()),
  bundleKiB: rounded(await kitKiB()),
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `franked ${result.value} ms, without ${result.limit} ms: ${result.ratio} times; hub ${result.hubMessagesPerSecond} messages/s of a core; ` +
        `a window of ${WINDOW} verified in ${result.window21Ms} ms; the kit is ${result.bundleKiB} KiB\n`,
);

/** Processor time of one signature and one verification in WebCrypto. */
async function signaturesCpuMs(): Promise<number> {
  const kit = webCrypto();
  const key = kit.random(32);
  const publicKey = await kit.publicKeyOf(key);
  const text = kit.random(200);
  const signature = await kit.sign(key, text);
  const cpu = process.cpuUsage();
  for (let count = 0; count < SIGNATURES; count += 1) {
    await kit.sign(key, text);
    await kit.verify(publicKey, text, signature);
  }
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000 / SIGNATURES;
}

async function windowMs(): Promise<{ window21Ms: number; window21CpuMs: number }> {
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  for (let count = 0; count < WINDOW; count += 1)
    await world.say(count % 2 === 0 ? al : bo, "k".repeat(BODY_BYTES));
  const bundle = await world.report(bo, { selected: [11] });
  const input = await world.input(bo, bundle);
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let count = 0; count < WINDOWS; count += 1) {
    const started = performance.now();
    const { verdict, items } = await verifyBundle(input);
    times.push(performance.now() - started);
    if (verdict !== "VERIFIED" || items.length !== WINDOW) throw new Error("an honest window was refused");
  }
  const { user, system } = process.cpuUsage(cpu);
  return { window21Ms: rounded(median(times)), window21CpuMs: rounded((user + system) / 1000 / WINDOWS) };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
