export { pixelsOf } from "./pixels.ts";
export type { DecodingLimits } from "./pixels.ts";
