export { NetworkTableError, type NetworkTableErrorCode } from "./error.ts";
export { networkClaim, networkFacts, type NetworkFacts, type NetworkTables } from "./look-up.ts";
export { openNetworkDatabase, type NetworkDatabase } from "./mmdb.ts";
export { defaultNetworkRules, networkRules, type NetworkKind, type NetworkRules } from "./rules.ts";
export { openSystemTable, type System, type SystemTable } from "./system-table.ts";
