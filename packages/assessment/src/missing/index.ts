export { ITEM_IDS, type ItemId } from "./item.ts";
export { whatIsMissing, type MissingItem, type WhatIsMissing } from "./what-is-missing.ts";
