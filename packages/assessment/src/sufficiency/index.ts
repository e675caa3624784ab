export * from "./attribute.ts";
export type { Clock } from "./clock.ts";
export * from "./level.ts";
export { SUFFICIENCY_TEXTS, type SufficiencyCode } from "./messages.ts";
export { sufficiencyOf, type Sufficiency } from "./sufficiency.ts";
export type { NextRequest } from "./would-raise.ts";
