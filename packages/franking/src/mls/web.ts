import type { MlsEngine } from "./engine.ts";
import { engineOn, type MlsOptions } from "./open.ts";
import { webSuite } from "./web-suite.ts";

/** MLS on WebCrypto, for browsers; it runs in Node as well. Randomness is the system's, by WebCrypto. */
export async function openMls(options: MlsOptions = {}): Promise<MlsEngine> {
  return engineOn(await webSuite(), options);
}
