/** Rules on times: a zone always, most of them in the past, and in a sensible order. */
import type { PermanentlyDisabled, TemporarilyDisabled } from "../document/common.ts";
import { earliestMoment, readDate, readDateTime } from "../document/date-time.ts";
import { type RuleContext, broken } from "./options.ts";

/**
 * NCMEC wants a zone on every time, though the schema does not: an unlabelled zone has put police at the wrong door.
 * A sender's time may carry nanoseconds; both sides are cut to milliseconds before they are compared, so that a time taken
 * in the same millisecond as ours is not "in the future".
 */
export function checkDateTime(text: string, mustBePast: boolean, path: string, context: RuleContext): void {
  const reading = readDateTime(text);
  if (reading === undefined) return;
  if (reading.offsetMinutes === undefined) {
    broken(
      context,
      "rule.zone",
      path,
      "The time names no time zone.",
      "End it with Z for UTC, or with the offset from UTC such as +01:00.",
    );
  } else if (mustBePast && reading.epochMilliseconds > context.options.now.getTime()) {
    broken(
      context,
      "rule.past",
      path,
      "The time lies in the future.",
      "Send the time of the event itself; if it is right, set the sending computer's clock by NTP.",
    );
  }
}

/** A date is in the future once it has begun nowhere on Earth. */
export function checkPastDate(text: string, path: string, context: RuleContext): void {
  const reading = readDate(text);
  if (reading === undefined || earliestMoment(reading) <= context.options.now.getTime()) return;
  broken(context, "rule.past", path, "The date lies in the future.", "Send a date in the past.");
}

function moment(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readDateTime(text)?.epochMilliseconds;
}

/** The dates of a disabled account: told on or after the day it was disabled, enabled again after it. */
export function checkDisabled(
  state: TemporarilyDisabled | PermanentlyDisabled | undefined,
  path: string,
  context: RuleContext,
): void {
  if (state === undefined) return;
  const disabled = moment(state.disabledDate);
  const notified = moment(state.userNotifiedDate);
  const reenabled = "reenabledDate" in state ? moment(state.reenabledDate) : undefined;
  if (disabled === undefined) return;
  if (notified !== undefined && notified < disabled) {
    broken(
      context,
      "rule.date-order",
      `${path}/@userNotifiedDate`,
      "The user was notified before the account was disabled.",
      "Send a userNotifiedDate on or after the disabledDate.",
    );
  }
  if (reenabled !== undefined && reenabled <= disabled) {
    broken(
      context,
      "rule.date-order",
      `${path}/@reenabledDate`,
      "The account was enabled again before it was disabled.",
      "Send a reenabledDate after the disabledDate; it may lie in the future.",
    );
  }
}
