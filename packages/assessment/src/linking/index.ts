export { components, componentsAfterRemoval, type Component } from "./components.ts";
export { networkDeviceNumber, passesLuhn } from "./device-number.ts";
export { edgeName, nodeName, type Edge, type LinkNode } from "./edge.ts";
export * from "./key.ts";
export { defaultLinkRules, type LinkRules } from "./link-rules.ts";
export { hasBecomeCommon, linkReports, type Frequency, type Linking, type Refusal } from "./link-reports.ts";
export { linkingKeys } from "./linking-keys.ts";
