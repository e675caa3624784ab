export { closeTask, correctTask, doneElsewhere, handTaskOn, retryTask, takeOverTask } from "./decide.ts";
export { tellIncomplete } from "./incomplete.ts";
export { watchEffects } from "./watch.ts";
export { taskList } from "./view.ts";
