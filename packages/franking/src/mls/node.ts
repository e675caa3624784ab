import type { MlsEngine } from "./engine.ts";
import { nodeSuite } from "./node-suite.ts";
import { engineOn, type MlsOptions } from "./open.ts";

/** MLS on node:crypto, several times faster per message than on WebCrypto. Randomness is the system's. */
export async function openNodeMls(options: MlsOptions = {}): Promise<MlsEngine> {
  return engineOn(nodeSuite(), options);
}
