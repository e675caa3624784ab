export { csvOf } from "./csv.ts";
export { senderList, senderView } from "./read.ts";
export { scoreDue, scoreLater } from "./score-due.ts";
export { startScoring } from "./start-scoring.ts";
