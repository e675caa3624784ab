import type { Report } from "@fairlead/report";
import { openCatalogue } from "./catalogue.ts";
import { compose, type SimulatedFile, type Writing } from "./compose.ts";
import { openCrowd } from "./crowd.ts";
import { drawDraft, type Draft, type Drawer } from "./draft.ts";
import { chance, pick, shuffled } from "./draw.ts";
import { aboutItem, type Item } from "./material.ts";
import { makeErrors } from "./mistakes.ts";
import { areasOf, type Setting } from "./person.ts";
import { rememberedArrests } from "./plan.ts";
import type { Profile, Slot } from "./profile.ts";
import { randomStream } from "./random.ts";
import { tellTruth, type Repeat } from "./tell-truth.ts";
import type { Truth } from "./truth.ts";
import { UK_DEMO } from "./uk-demo.ts";
import { WORLD_2022 } from "./world-2022.ts";

/** The profiles that come with the simulator. */
export const profiles = { "world-2022": WORLD_2022, "uk-demo": UK_DEMO } as const;

export interface SimulateOptions {
  /** The same seed and options give the same stream, byte for byte. */
  seed: string | number;
  /** Reports to make. */
  count: number;
  profile: keyof typeof profiles | Profile;
  /** Milliseconds since 1970 of the moment before which everything happened; the demonstration gives its clock's reading. */
  startAt: number;
  /** `stand-in` makes no files, for streams of which only the reports matter; evidence then has the hashes of a name. */
  material?: "bytes" | "stand-in";
  /** Forces in whose areas people of the United Kingdom live; all 45 when left out. */
  forces?: readonly string[];
}

/** A report as the platform's own system hands it to the platform's station, with its files and what is true about it. */
export interface SimulatedReport {
  /** The platform's own number, unique in the stream. */
  caseNumber: string;
  report: Report;
  files: SimulatedFile[];
  truth: Truth;
}

interface Sent {
  draft: Draft;
  caseNumber: string;
}

/** Reports that may be sent a second time; a small number, so that a stream of any length needs little memory. */
const REMEMBERED = 64;

/**
 * A stream of innocent reports, made one at a time as they are asked for.
 * @throws RangeError when none of the named forces exists
 */
export function* simulate(options: SimulateOptions): Generator<SimulatedReport, void, undefined> {
  const profile = typeof options.profile === "string" ? profiles[options.profile] : options.profile;
  const setting: Setting = { seed: String(options.seed), profile, areas: areasOf(options.forces) };
  const { startAt } = options;
  const drawer: Drawer = {
    setting,
    startAt,
    crowd: openCrowd(profile.people),
    catalogue: openCatalogue(profile.catalogue),
  };
  const tag = randomStream(setting.seed, "case-number").word().toString(16).padStart(8, "0");
  const sent: Sent[] = [];
  const arrestOf = rememberedArrests();
  const about = (item: Item) => aboutItem(setting.seed, item);
  for (let index = 0; index < options.count; index += 1) {
    const slot = slotAt(setting, index);
    const repeat = repeatOf(setting, slot, sent, index);
    const draft = repeat === null ? drawDraft(drawer, index, slot) : repeat.draft;
    const writing: Writing = {
      seed: setting.seed,
      caseNumber: `CASE-${tag}-${String(index + 1).padStart(7, "0")}`,
      amends: repeat?.by === "amendment" ? repeat.of : null,
      material: options.material ?? "bytes",
      review: profile.review,
      zoneless: profile.zoneless,
      listedShare: profile.listedShare,
      random: (part) => randomStream(setting.seed, "writing", draft.index, part),
      sending: randomStream(setting.seed, "sending", index),
    };
    const written = compose(draft, writing);
    const made = makeErrors(writing.random("errors"), written.report, draft.errors);
    const { caseNumber } = writing;
    const truth = tellTruth({
      profile: profile.id,
      areas: setting.areas,
      draft,
      written,
      made,
      repeat,
      writing,
      startAt,
      arrestOf,
      about,
      random: (part) => randomStream(setting.seed, "plan", caseNumber, part),
    });
    if (repeat === null) sent.push({ draft, caseNumber });
    if (sent.length > REMEMBERED) sent.shift();
    // A file goes by the name that the report gives it, also where an error has changed that name.
    const names = new Map<string, string | undefined>(
      written.report.evidence.map(({ id, name }) => [id, name]),
    );
    const files = written.files.map((file) => ({ ...file, name: names.get(file.evidenceId) ?? file.name }));
    yield { caseNumber, report: written.report, files, truth };
  }
}

/** The kind of report at this place of the stream: blocks follow each other, each in an order of its own. */
function slotAt({ seed, profile }: Setting, index: number): Slot {
  const places = profile.block.flatMap(({ count, kinds }) => Array.from({ length: count }, () => kinds));
  const order = shuffled(randomStream(seed, "block", Math.floor(index / places.length)), places);
  const kinds = order[index % places.length] ?? [];
  return pick(randomStream(seed, "slot", index), kinds);
}

/** An earlier report of the same kind that is sent again at this place, or null. */
function repeatOf(
  { seed, profile }: Setting,
  slot: Slot,
  sent: readonly Sent[],
  index: number,
): (Repeat & { draft: Draft }) | null {
  const random = randomStream(seed, "repeat", index);
  const candidates = sent.filter(({ draft }) => draft.slot === slot);
  if (
    !slot.errors.includes("duplicate") ||
    !chance(random, profile.duplicateShare) ||
    candidates.length === 0
  )
    return null;
  const { draft, caseNumber } = pick(random, candidates);
  if (chance(random, 0.5)) return { of: caseNumber, by: "amendment", draft };
  // Another system of the platform sent it too, and its clock differs by less than a minute.
  return { of: caseNumber, by: "second-inlet", draft: { ...draft, at: draft.at - random.below(45_000) } };
}
