import { parseArgs } from "node:util";
import {
  compactKeys,
  compactSubjects,
  defaultLinkRules,
  openCompactIndex,
  putKey,
  type CompactIndex,
  type CompactKeys,
} from "../src/index.ts";

// npm run bench -- subjects [--json] [--attachments N]: persons of reports added to the compact index, each with four values that could
// join (account, e-mail, telephone, report number), one by one, as a stream does it. What is measured is the index alone: the
// hashes are numbers already. The limit is the time to write the same numbers into bare columns and one hash table.

const KEYS = 4;
const BATCH = 25_000;

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    attachments: { type: "string", default: "5000000" },
  },
});
const attachments = Number(values.attachments);
const persons = Math.ceil(attachments / KEYS);
if (!(persons >= 4 * BATCH)) throw new RangeError("subjects: --attachments must be at least 400000");

const keys = compactKeys(KEYS);
const plain = plainTime();
const index = openCompactIndex(defaultLinkRules, { nodes: persons, attachments, values: attachments });
let early = 0;
let last = 0;
let most = 0;
const started = performance.now();
for (let from = 0; from < persons; from += BATCH) {
  last = batch(index, from, Math.min(persons, from + BATCH));
  if (from === BATCH * (100_000 / KEYS / BATCH)) early = last;
  most = Math.max(most, last);
}
const seconds = (performance.now() - started) / 1000;
const removal = removeOne(index);
let subjects = 0;
for (const _ of compactSubjects(index.state)) subjects += 1;
const perAttachment = (seconds * 1e6) / (persons * KEYS);
const result = {
  name: "subjects",
  unit: "microseconds to add a person of a report with four values to the index",
  value: rounded(perAttachment * KEYS),
  limit: rounded(plain * KEYS),
  limitIs: "the same numbers written into bare columns and one hash table, in the same run",
  ratio: rounded(perAttachment / plain),
  attachments: persons * KEYS,
  subjects,
  bytesPerAttachment: rounded(index.bytes() / (persons * KEYS)),
  at100kUs: rounded(early),
  atEndUs: rounded(last),
  slowestBatchUs: rounded(most),
  removeUs: rounded(removal),
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${result.value} us a person of ${KEYS} values (bare columns: ${result.limit}), ${result.at100kUs} at 100,000 attachments, ` +
        `${result.atEndUs} at ${result.attachments}; ${result.bytesPerAttachment} bytes an attachment; ${subjects} subjects; ` +
        `one person removed in ${result.removeUs} us\n`,
);

/** @returns microseconds a person */
function batch(into: CompactIndex, from: number, to: number): number {
  const at = performance.now();
  for (let person = from; person < to; person += 1) {
    fill(keys, person);
    into.add(person, keys);
  }
  return ((performance.now() - at) * 1000) / (to - from);
}

/**
 * Values as a world has them: about two reports a person, an address that two accounts in ten share, a telephone that many have.
 */
function fill(into: CompactKeys, report: number): void {
  into.count = 0;
  const account = scattered(report) % Math.max(1, Math.floor(report / 2) + 1);
  put(into, 1, account, account);
  put(into, 2, account - (account % 10 < 2 ? account % 2 : 0), account);
  put(into, 3, account % 50 === 0 ? account % 5000 : account, account);
  put(into, 4, report, account);
}

function put(into: CompactKeys, kind: number, value: number, holder: number): void {
  putKey(into, { lo: scattered(value + kind * 0x1000_0000), hi: scattered(value) }, holder, "strong", 0);
}

/** A number that looks drawn, the same for the same number (Weyl, and the finaliser of MurmurHash3). */
function scattered(number: number): number {
  let hash = Math.imul(number + 1, 0x9e37_79b9);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
}

/** Microseconds an attachment that bare columns take. */
function plainTime(): number {
  const mask = 2 ** Math.ceil(Math.log2(attachments / 0.75)) - 1;
  const slots = new Int32Array(mask + 1);
  const columns = Array.from({ length: 4 }, () => new Int32Array(attachments + KEYS));
  const [lo, hi, holder, node] = columns as [Int32Array, Int32Array, Int32Array, Int32Array];
  const at = performance.now();
  let used = 0;
  for (let person = 0; person < persons; person += 1) {
    fill(keys, person);
    for (let each = 0; each < keys.count; each += 1) {
      lo[used] = keys.lo[each]!;
      hi[used] = keys.hi[each]!;
      holder[used] = keys.holder[each]!;
      node[used] = person;
      let slot = lo[used]! & mask;
      while (slots[slot] !== 0 && (lo[slots[slot]! - 1] !== lo[used] || hi[slots[slot]! - 1] !== hi[used]))
        slot = (slot + 1) & mask;
      slots[slot] = used + 1;
      used += 1;
    }
  }
  return ((performance.now() - at) * 1000) / used;
}

/** Microseconds to remove one person, over a thousand of them. */
function removeOne(from: CompactIndex): number {
  const at = performance.now();
  for (let each = 0; each < 1000; each += 1) from.remove([each * 7]);
  return performance.now() - at;
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}
