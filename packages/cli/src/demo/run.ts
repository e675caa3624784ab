import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ukDirectory } from "@fairlead/assessment";
import { simulate } from "@fairlead/simulator";
import {
  addPerson,
  type Database,
  newSignInLink,
  openDatabase,
  readConfig,
  retryWhileDown,
  silentLog,
} from "@fairlead/station";
import { freePort } from "../free-port.ts";
import { verifyFolder } from "../verify-folder.ts";
import { CaseBook } from "./case-book.ts";
import { openDatabases, type Databases } from "./databases.ts";
import { DeskClient } from "./desk-client.ts";
import { handIn } from "./feed.ts";
import { layOut, type Layout, STATIONS, type StationKey, UPLOADS_ACCOUNT } from "./layout.ts";
import { develop, investigate, review, triage, type Work } from "./people.ts";
import { fileAllKnown, type Platform, type PostedMedia, postMediaStream } from "./posted-media.ts";
import { type Supervised, superviseStation, type SupervisedStation, superviseVerifier } from "./processes.ts";
import { reckon, type Reckoning } from "./reckoning.ts";
import { workShift } from "./shift.ts";
import { startTimestampAuthority } from "./timestamp-authority.ts";

export interface DemoOptions {
  /** Where the stations keep everything; absent: a temporary folder that is gone afterwards. */
  root?: string;
  /** First of four ports; absent: whatever is free. */
  port?: number;
  reports: number;
  /** How many reports the scripted people leave at each station, for whoever tries the demonstration. */
  leave?: number;
  seed: number;
  say: (line: string) => void;
  progress: (line: string) => void;
}

/** A chain that runs: four stations, each in a process of its own, and their databases. */
export interface Chain extends AsyncDisposable {
  layout: Layout;
  stations: Record<StationKey, SupervisedStation>;
  /** Opens and checks reports from the platform's encrypted chats. */
  verifier: Supervised;
  databases: Databases;
  dbs: Record<StationKey, Database>;
}

/** People of the demonstration: who decides at which station, in which role. */
const TEAMS: Record<StationKey, { name: string; role: string; work: Work }> = {
  platform: { name: "Robin Example (reviewer)", role: "reviewer", work: review },
  clearinghouse: { name: "Sam Example (analyst)", role: "analyst", work: triage },
  agency: { name: "Alex Example (analyst)", role: "analyst", work: develop },
  force: { name: "Kim Example (officer)", role: "officer", work: investigate },
};
/** Who decides what a match with a bank does. */
const LEAD = { name: "Jo Example (lead)", role: "lead" };
/** Cases that the moderation system hands in at once. */
const FEEDERS = 4;
/** How long the chain may go without any movement before the run is called stuck. */
const STUCK_MS = 180_000;

/** Starts the four stations. */
export async function startChain(options: DemoOptions): Promise<Chain> {
  await using stack = new AsyncDisposableStack();
  const root = options.root ?? (await temporaryRoot(stack));
  const databases = stack.use(await openDatabases(root, options.root === undefined, options.say));
  const timestamps = stack.use(await startTimestampAuthority(join(root, "timestamp-authority")));
  const layout = await layOut({
    root,
    timestamps,
    ports: await choosePorts(options.port),
    databases: databases.urls,
    agencies: forces(),
  });
  const dbs = {} as Record<StationKey, Database>;
  const stations = {} as Record<StationKey, SupervisedStation>;
  // Together: each waits for what it has in hand, and none of them for another.
  stack.defer(async () => {
    await Promise.all(Object.values(stations).map((station) => station[Symbol.asyncDispose]()));
  });
  await Promise.all(
    STATIONS.map(async ({ key }) => {
      stations[key] = await superviseStation(layout.places[key], (station, line) =>
        options.say(`[${station}] ${line}`),
      );
    }),
  );
  const verifier = stack.use(
    await superviseVerifier(layout.verifierConfig, (key, line) => options.say(`[${key}] ${line}`)),
  );
  for (const { key } of STATIONS)
    dbs[key] = stack.use(
      openDatabase({
        url: databases.urls[key],
        applicationName: "fairlead demo",
        poolSize: 2,
        log: silentLog,
      }),
    );
  const resources = stack.move();
  return {
    layout,
    stations,
    verifier,
    databases,
    dbs,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Feeds the sample stream and lets the scripted people work it to its end. */
export async function runStream(chain: Chain, options: DemoOptions): Promise<Reckoning> {
  const started = performance.now();
  const book = new CaseBook((numbers) => platformNumbers(chain.dbs.platform, numbers));
  const acknowledged: string[] = [];
  let finished = false;
  const shifts = STATIONS.map(async ({ key }) => {
    const newLink = await retryWhileDown(() => linkMaker(chain.dbs[key], TEAMS[key]), { forMs: STUCK_MS });
    const desk = new DeskClient(chain.layout.places[key].url, newLink);
    await workShift({ at: key, desk, work: TEAMS[key].work }, book, () => finished);
  });
  const end = (async () => {
    try {
      const [posted] = await Promise.all([
        postPictures(chain, options, book),
        feed(chain.layout, options, book, acknowledged),
      ]);
      await untilStill(chain, acknowledged, book, options.progress);
      return posted;
    } finally {
      finished = true;
    }
  })();
  const [media] = await Promise.all([end, ...shifts]);
  const counted = await retryWhileDown(() => reckon(chain.dbs, acknowledged, book), { forMs: STUCK_MS });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  let auditVerified = true;
  for (const { key } of STATIONS) {
    const { breaches } = await verifyFolder(await readConfig(chain.layout.places[key].config));
    for (const breach of breaches) options.say(`[${key}] ${breach.where}: ${breach.what} ${breach.how}`);
    auditVerified &&= breaches.length === 0;
  }
  const restarts = STATIONS.reduce((sum, { key }) => sum + chain.stations[key].restarts(), 0);
  const { reports: reported, ...posted } = media;
  return {
    ...counted,
    auditVerified,
    seconds,
    restarts,
    media: { ...posted, reported: reported.length },
  };
}

/** The platform's media stream; what a list knows is filed, or left for whoever tries the demonstration. */
async function postPictures(chain: Chain, options: DemoOptions, book: CaseBook): Promise<PostedMedia> {
  const [place, db] = [chain.layout.places.platform, chain.dbs.platform];
  const deskOf = async (person: { name: string; role: string }) =>
    new DeskClient(place.url, await retryWhileDown(() => linkMaker(db, person), { forMs: STUCK_MS }));
  const platform: Platform = {
    place,
    db,
    authorization: `Basic ${Buffer.from(`${UPLOADS_ACCOUNT}:${chain.layout.uploadsSecret}`).toString("base64")}`,
    lead: await deskOf(LEAD),
    reviewer: await deskOf(TEAMS.platform),
  };
  const posted = await postMediaStream(platform, options.seed);
  const isLeft = (options.leave ?? 0) > 0;
  if (!isLeft) await fileAllKnown(platform);
  for (const number of posted.reports) book.addPosted(number, isLeft ? "platform" : undefined);
  return posted;
}

async function feed(
  layout: Layout,
  options: DemoOptions,
  book: CaseBook,
  acknowledged: string[],
): Promise<void> {
  const places = leavingOrder(options.leave ?? 0);
  const stream = simulate({
    seed: options.seed,
    count: options.reports,
    profile: "uk-demo",
    startAt: Date.now(),
  })[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: FEEDERS }, async () => {
      for (let next = stream.next(); next.done !== true; next = stream.next()) {
        // Only what can reach a force is left behind: the rest would never come to the later stations.
        book.add(next.value, next.value.truth.plan.refer === null ? undefined : places.pop());
        await handIn(layout, next.value);
        acknowledged.push(next.value.caseNumber);
      }
    }),
  );
}

/** Waits until every report has been decided on at every station and nothing is on its way. */
async function untilStill(
  chain: Chain,
  acknowledged: readonly string[],
  book: CaseBook,
  progress: (line: string) => void,
): Promise<void> {
  const left = STATIONS.map(({ key }) => book.cases.filter((found) => found.leftAt === key).length);
  let last = "";
  let since = Date.now();
  for (;;) {
    const counts = await Promise.all(
      STATIONS.map(({ key }) => unsettled(chain.dbs[key]).catch(() => undefined)),
    );
    const line = STATIONS.map(({ key }, index) => `${key} ${counts[index]?.total ?? "?"}`).join(" · ");
    progress(`${acknowledged.length} handed in; still to do: ${line}`);
    if (counts.every((count, index) => count?.total === left[index])) return;
    if (line !== last) {
      last = line;
      since = Date.now();
    } else if (Date.now() - since > STUCK_MS)
      throw new Error(`nothing has moved for ${STUCK_MS / 1000} s: ${line}`);
    await sleep(500);
  }
}

/** Which of the first cases is left at which station. */
function leavingOrder(each: number): StationKey[] {
  return Array.from({ length: each }, () => STATIONS.map(({ key }) => key)).flat();
}

async function unsettled(db: Database): Promise<{ total: number }> {
  const { rows } = await db.pool.query<{ n: string }>(
    `select (select count(*) from report where status = 'new')
          + (select count(*) from referral where state <> 'delivered')
          + (select count(*) from outcome_return where state <> 'delivered') as n`,
  );
  return { total: Number(rows[0]?.n ?? 0) };
}

async function platformNumbers(db: Database, numbers: string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await retryWhileDown(
    () =>
      db.kysely
        .selectFrom("referral")
        .innerJoin("report", "report.id", "referral.report_id")
        .select(["referral.remote_reference", "report.handed_reference"])
        .where("referral.remote_reference", "in", numbers)
        .execute(),
    { forMs: STUCK_MS },
  );
  return new Map(rows.map((row) => [row.remote_reference ?? "", row.handed_reference]));
}

/** Makes one-time links for a scripted person, as whoever runs the station does with `fairlead people`. */
async function linkMaker(
  db: Database,
  person: { name: string; role: string },
): Promise<() => Promise<string>> {
  const known = await db.kysely
    .selectFrom("person")
    .select("id")
    .where("name", "=", person.name)
    .executeTakeFirst();
  const { id } = known ?? (await addPerson(db.kysely, person.name, person.role, Date.now()));
  return () => newSignInLink(db.kysely, id, Date.now());
}

/** Agencies of the United Kingdom that are police forces: the demonstration's one force takes in the post of all of them. */
function forces(): string[] {
  return [...ukDirectory().agencies.values()]
    .filter((agency) => agency.kind.includes("police"))
    .map((agency) => agency.id);
}

async function temporaryRoot(stack: AsyncDisposableStack): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "fairlead-demo-"));
  stack.defer(() => rm(root, { recursive: true, force: true }));
  return root;
}

async function choosePorts(first: number | undefined): Promise<Record<StationKey, number>> {
  const ports = {} as Record<StationKey, number>;
  for (const [index, { key }] of STATIONS.entries())
    ports[key] = first === undefined ? await freePort() : first + index;
  return ports;
}
