export { noteFailure } from "./fail.ts";
export * from "./machine/index.ts";
export {
  confirmedColumns,
  EFFECT_TABLES,
  type EffectKind,
  happenTo,
  type Moved,
  stepColumns,
} from "./move.ts";
export { noteRecovery } from "./recover.ts";
export { failureOf } from "./trouble.ts";
export { watchFrom } from "./watch.ts";
