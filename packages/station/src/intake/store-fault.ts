import { StoreFault } from "@fairlead/cybertipline";
import { databaseTrouble } from "../store/index.ts";
import { COME_BACK_SECONDS } from "../vault/index.ts";

/** Runs a step against the database; a database that is away or has no room becomes the wire's own "try again". */
export async function storeFault<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const trouble = databaseTrouble(cause);
    if (trouble === undefined) throw cause;
    throw trouble === "full"
      ? new StoreFault("full", "the database has no room", COME_BACK_SECONDS.full, cause)
      : new StoreFault("unavailable", "the database does not answer", 5, cause);
  }
}
