export * from "./document.ts";
export {
  type HashProblem,
  type HashRead,
  readFeedback,
  readFeedbackReasons,
  readHashPage,
  readHashStatus,
} from "./read.ts";
export {
  writeFeedback,
  writeFeedbackReasons,
  writeHashMembers,
  writeHashPage,
  writeHashStatus,
  writeSubmissionResult,
} from "./write.ts";
