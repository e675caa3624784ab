export { csvOf } from "./csv.ts";
export { foldSender, sumSender } from "./fold.ts";
export { senderList, senderView } from "./read.ts";
export { scoreReport } from "./score-report.ts";
