import { StoreFault } from "@fairlead/cybertipline";
import { isConnectionLost } from "../store/index.ts";

/** Runs a step against the database; a database that is away becomes the wire's own "try again". */
export async function storeFault<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (!isConnectionLost(cause)) throw cause;
    throw new StoreFault("unavailable", "the database does not answer", 5, cause);
  }
}
