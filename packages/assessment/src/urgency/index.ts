export type { Modifier } from "./modifiers.ts";
export { compareForQueue, queueKey, type QueueItem } from "./queue.ts";
export { URGENCY_RULES } from "./rules.ts";
export { raisedByLink, TIERS, tierNumber, type Lowering, type Tier } from "./tier.ts";
export type { Trigger, UrgencyRule } from "./trigger.ts";
export { urgencyOf, type Urgency } from "./urgency.ts";
