export { type WorkYearOptions, workYearInto } from "./work-year-into.ts";
