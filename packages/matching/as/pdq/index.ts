export { doubtfulSteps, hashBits, steps, transform } from "./transform";
export { bandOfFloats, bandOfWholes, pickColumns, sampleBand } from "./taps";
export { exactBegin, exactEnd, exactRoom, exactRows } from "./exact";
export { buildTable, TABLE_BYTES } from "../jpeg/huffman";
export { gridOfSums, scan, setGrid, setMarks } from "../jpeg/scan";
export { steps as coefficientSteps } from "../jpeg/blocks";

/** From here on memory is free. */
export const freeFrom: usize = __heap_base;
