import type { PoolClient } from "pg";
import type { Station } from "../context.ts";
import { openDatabase, silentLog } from "../store/index.ts";

/** A process of a station that dies on its way. */
export interface DyingStation extends AsyncDisposable {
  station: Station;
  /** Whether it has died. */
  isDead(): boolean;
}

/**
 * The same station, by a process with sessions of its own that dies before so many statements and one have reached the database: as if it had
 * been killed, its sessions end in the middle of whatever they do, and it never says anything again.
 */
export function dyingStation(station: Station, survives: number): DyingStation {
  const db = openDatabase({
    url: station.db.url,
    applicationName: "fairlead dying",
    poolSize: 4,
    log: silentLog,
  });
  let left = survives;
  let dead = false;
  db.pool.on("connect", (client: PoolClient) => {
    const ask = client.query.bind(client) as (...given: unknown[]) => unknown;
    const die = () =>
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    const query = (...given: unknown[]): unknown => {
      dead ||= left === 0;
      left -= 1;
      if (!dead) return ask(...given);
      die();
      const error = new Error("the process is dead");
      const last = given.at(-1);
      if (typeof last !== "function") return Promise.reject(error);
      queueMicrotask(() => (last as (error: Error) => void)(error));
      return undefined;
    };
    Object.assign(client, { query });
  });
  return {
    station: { ...station, db },
    isDead: () => dead,
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  };
}

/**
 * Does something as often as it has statements, each time by a process that dies one statement later than the one before; ends with the
 * time that it survived.
 * @param once what is to be done, with what must hold after the station has started again
 */
export async function killedEverywhere(
  station: Station,
  once: (attempt: { dies: (work: (station: Station) => Promise<unknown>) => Promise<void> }) => Promise<void>,
): Promise<number> {
  for (let survives = 0; ; survives += 1) {
    let died = false;
    await once({
      dies: async (work) => {
        await using dying = dyingStation(station, survives);
        await work(dying.station).catch((error: unknown) => {
          if (!dying.isDead()) throw error;
        });
        died = dying.isDead();
      },
    });
    if (!died) return survives;
  }
}
