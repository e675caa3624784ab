import type { MessengerErrorCode } from "../../client/error.ts";

/** What went wrong, by the code of `MessengerError`: what happened, what is safe, what to do. */
export const errors = {
  "error.hub.unreachable":
    "The service cannot be reached. Nothing is lost. Check your connection and try again.",
  "error.hub.busy": "That was too much at once for the service. Nothing is lost. Wait a while and try again.",
  "error.hub.refused": "The service did not accept this. Nothing was changed. Try again later.",
  "error.hub.signed-out":
    "This device no longer belongs to your account. What is on it can still be read and reported.",
  "error.hub.broken":
    "The service answered in a way that makes no sense. Nothing was changed. Try again later.",
  "error.account.handle-taken": "Somebody has this handle already. Choose another one.",
  "error.account.handle-invalid": "This handle cannot be used. Small letters, numbers and dashes are fine.",
  "error.account.exists": "There is an account on this device already.",
  "error.account.missing": "There is no account on this device yet.",
  "error.account.code-invalid": "This code is wrong or has run out. Make a new one on your other device.",
  "error.account.registration-closed": "No new accounts can be made here at the moment.",
  "error.person.not-found": "Nobody here has this handle. Check the spelling with them.",
  "error.room.not-found": "This conversation is not on this device.",
  "error.room.not-member": "You are not in this conversation any more.",
  "error.room.too-many": "That is more people than a conversation can hold.",
  "error.message.not-found": "This message is no longer here.",
  "error.message.not-own": "Only whoever wrote a message can change it or take it back.",
  "error.message.empty": "There is nothing to send yet.",
  "error.message.too-long": "This is too long for one message. Send it in parts.",
  "error.file.not-found": "This file is not part of the message any more.",
  "error.file.gone": "The service no longer has this file, and it is not on this device.",
  "error.file.not-what-was-sent":
    "This is not the file that was sent, so it is not opened. You can report the message.",
  "error.file.too-large": "This file is larger than can be sent.",
  "error.report.nothing-selected": "Choose at least one message.",
  "error.report.no-category": "Choose what happened.",
  "error.report.not-held": "These messages are no longer on this device, so they cannot be shown to anybody.",
  "error.report.too-large":
    "This is too much for one report. Go back and keep some messages back; you can send them in another report.",
  "error.backup.none": "There is no backup for your account.",
  "error.backup.code-invalid":
    "A recovery code has groups of letters and numbers. Check it for a mistyped or missing one.",
  "error.backup.wrong-code": "This code does not open your backup. Check every letter.",
  "error.closed": "The messenger was closed. Open the page again.",
} as const satisfies Record<`error.${MessengerErrorCode}`, string>;
