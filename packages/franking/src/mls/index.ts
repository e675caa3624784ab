export type {
  FrankingAgent,
  MlsDevice,
  MlsEngine,
  MlsFollowed,
  MlsMember,
  MlsReceived,
  MlsView,
} from "./engine.ts";
export type { MlsOptions } from "./open.ts";
export { openMls } from "./web.ts";
