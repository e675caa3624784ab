import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import type { Station } from "../context.ts";
import { askPeer, noteInterests } from "../deconfliction/index.ts";
import { recordOutcome, returnOutcomes } from "../outcomes/index.ts";
import { advanceReferral } from "../referral/index.ts";
import { newId } from "../store/index.ts";
import { decideUkFiling } from "../uk-direct/index.ts";
import { addPerson, type Principal } from "../access/index.ts";
import { agree, directPeer, filingPeer, introduce, peerOf } from "./peers.ts";
import { type Fault, faultyPort } from "./port-faults.ts";
import { referred } from "./referral.ts";
import { accepted, testFile, testSender, type TestSender } from "./report.ts";
import { startTestStation, type TestStation } from "./station.ts";
import { whatAPersonSays } from "./uk-report.ts";
import type { AfterHook } from "../store/testing/database.ts";

/** One effect from its decision to its proof. */
interface Begun {
  work: (station: Station) => Promise<unknown>;
  /** Its row in the view `effect`. */
  id: string;
  at: TestStation;
  /** How often the other side has it. */
  arrived: () => Promise<number>;
}

export const EFFECTS = ["package", "tip", "uk-report", "outcome", "question"] as const;
export type EffectName = (typeof EFFECTS)[number];

/** Real stations, an effect of each kind between them, and a clock that the sweep moves on. */
export interface Sweep {
  /**
   * Begins an effect, lets its calls meet these faults, and drives it to its end by the station's own times.
   * @returns how many calls it took, and how long it took by the station's clock after the last fault
   */
  drive(
    name: EffectName,
    faults: ReadonlyMap<number, Fault>,
  ): Promise<{ calls: number; recoveredInMs: number }>;
}

/** Attempts after which an effect that is still on its way will never arrive. */
const MANY = 60;
/** What a process that died costs before its job is taken over. */
const TAKEN_OVER_MS = 2000;

export async function openSweep(hook: AfterHook): Promise<Sweep> {
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  // Without workers: each attempt is made by the sweep, at the time that the station set for it.
  const config = { roles: ["intake", "desk"] };
  const platform = await startTestStation(hook, { id: "platform-one", profile: "platform", config, clock });
  const agency = await startTestStation(hook, {
    id: "agency-one",
    profile: "national-agency",
    config,
    clock,
  });
  const house = await startTestStation(hook, { id: "house-one", profile: "clearinghouse", config, clock });
  const uk = await startTestStation(hook, { id: "agency-two", profile: "national-agency", config, clock });
  const atHouse = await filingPeer(hook, platform, house);
  const atUk = await directPeer(hook, platform, uk);
  await introduce(platform, peerOf(agency), atHouse, atUk);
  platform.station.config.peers = [atHouse, atUk];
  await introduce(agency, peerOf(platform));
  const year = new Date().getUTCFullYear();
  const keys = new Map([[year, new Uint8Array(32).fill(7)]]);
  agree(platform, "agency-one", keys);
  agree(agency, "platform-one", keys);
  const sender = await testSender(platform);
  const reviewer = await addPerson(platform.station.db.kysely, "Test reviewer", "reviewer", Date.now());
  const begin = beginnings({ platform, agency, house, uk, sender, reviewer });
  return {
    async drive(name, faults) {
      const begun = await begin[name]();
      const port = faultyPort(begun.at.station, faults);
      const last = Math.max(-1, ...faults.keys());
      let overAt = clock();
      for (let attempt = 1; attempt <= MANY; attempt += 1) {
        const before = port.calls();
        const killed = await port.run(begun.work);
        if (before <= last) overAt = clock();
        const { open, next } = await standing(begun);
        if (!open) {
          assert.equal(await begun.arrived(), 1, "it is there, once");
          return { calls: port.calls(), recoveredInMs: clock() - overAt };
        }
        if (killed) ahead += TAKEN_OVER_MS;
        else assert.ok(next !== undefined, "what is not there yet is tried again by itself");
        if (next !== undefined) ahead += Math.max(0, next - clock()) + 1;
      }
      throw new Error(`${name} never arrived`);
    },
  };
}

async function standing({ at, id }: Begun): Promise<{ open: boolean; next: number | undefined }> {
  const { rows } = await at.station.db.pool.query<{ open: boolean; next: string | null }>(
    "select open, next_attempt_at as next from effect where id = $1",
    [id],
  );
  const [row] = rows;
  assert.ok(row !== undefined);
  return { open: row.open, next: row.next === null ? undefined : Date.parse(row.next) };
}

interface Stations {
  platform: TestStation;
  agency: TestStation;
  house: TestStation;
  /** Takes UK direct reports from the platform. */
  uk: TestStation;
  sender: TestSender;
  reviewer: Principal;
}

async function count({ station }: TestStation, query: string, value: string): Promise<number> {
  const { rows } = await station.db.pool.query<{ n: number }>(`select count(*)::integer as n ${query}`, [
    value,
  ]);
  return rows[0]?.n ?? 0;
}

function beginnings({
  platform,
  agency,
  house,
  uk,
  sender,
  reviewer,
}: Stations): Record<EffectName, () => Promise<Begun>> {
  const refer = async (peer: string): Promise<{ report: string; id: string }> => {
    const report = await accepted(sender, [testFile(), testFile({ name: "meadow.png" })]);
    return { report, id: await referred(platform, report, peer) };
  };
  const delivered = (id: string) => async (station: Station) =>
    await advanceReferral(station, { referralId: id });
  return {
    async package() {
      const { report, id } = await refer("agency-one");
      const arrived = async () => await count(agency, "from report where handed_reference = $1", report);
      return { at: platform, id, work: delivered(id), arrived };
    },
    async tip() {
      const before = await count(house, "from report where door = $1", "cybertipline");
      const { id } = await refer("house-one");
      const arrived = async () =>
        (await count(house, "from report where door = $1", "cybertipline")) - before;
      return { at: platform, id, work: delivered(id), arrived };
    },
    async "uk-report"() {
      const report = await accepted(sender, [testFile(), testFile({ name: "meadow.png" })]);
      const id = newId(platform.station.clock());
      const { madeAt: _now, ...choices } = whatAPersonSays();
      await decideUkFiling(platform.station, report, { id, peer: "agency-two", choices }, reviewer);
      const arrived = async () =>
        await count(uk, "from uk_report where document->'reference'->>'value' = $1", id);
      return { at: platform, id, work: delivered(id), arrived };
    },
    async outcome() {
      const { report, id } = await refer("agency-one");
      await advanceReferral(platform.station, { referralId: id });
      const { id: there } = await agency.station.db.kysely
        .selectFrom("report")
        .select("id")
        .where("handed_reference", "=", report)
        .executeTakeFirstOrThrow();
      const by = await agency
        .signIn("analyst")
        .then(
          async () =>
            await agency.station.db.kysely
              .selectFrom("person")
              .select(["id", "name", "role"])
              .where("role", "=", "analyst")
              .limit(1)
              .executeTakeFirstOrThrow(),
        );
      const outcome = await recordOutcome(agency.station, there, { kind: "arrest", arrests: 1 }, by);
      const { id: effect } = await agency.station.db.kysely
        .selectFrom("outcome_return")
        .select("id")
        .where("outcome_id", "=", outcome)
        .executeTakeFirstOrThrow();
      return {
        at: agency,
        id: effect,
        work: async (station) => await returnOutcomes(station, { peerId: "platform-one" }),
        arrived: async () => await count(platform, "from outcome where id = $1", outcome),
      };
    },
    async question() {
      const account = exampleIdentifier("account", `kite-${randomUUID()}`, { platform: "Example Chat" });
      const persons = [exampleSuspect({ identifiers: [account] })];
      const reportId = await accepted(sender, [], { persons });
      await noteInterests(platform.station, { reportId });
      const work = async (station: Station) => await askPeer(station, { peerId: "agency-one" });
      // The question is made by the attempt that asks it; this one stores it and leaves nothing.
      const port = faultyPort(platform.station, new Map([[0, "killed-before" as const]]));
      await port.run(work);
      const { id } = await platform.station.db.kysely
        .selectFrom("deconfliction_query")
        .select("id")
        .where("open", "=", true)
        .executeTakeFirstOrThrow();
      const arrived = async () => await count(agency, "from deconfliction_answer where query = $1", id);
      return { at: platform, id, work, arrived };
    },
  };
}
