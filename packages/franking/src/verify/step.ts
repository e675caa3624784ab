import { type DetailCode, details } from "./details.ts";
import type { Step, StepResult } from "./types.ts";

/** The step was carried out and holds. */
export function passed(step: Step): StepResult {
  return { step, result: "passed", detail: details[`passed.${step}`] };
}

/** The step does not hold, or what it needs is missing although it must be there: a message that can be read, a record of it. */
export function failed(step: Step, code: DetailCode): StepResult {
  return { step, result: "failed", code, detail: details[code] };
}

/** The step could not be carried out, or does not apply; `code` says why. */
export function notChecked(step: Step, code: DetailCode): StepResult {
  return { step, result: "not-checked", code, detail: details[code] };
}

/** `passed`, unless something is wrong. */
export function check(step: Step, wrong: DetailCode | null): StepResult {
  return wrong === null ? passed(step) : failed(step, wrong);
}
