import type { KnownLimit } from "./types.ts";

/** What a reader of an attestation is told. `{name}` stands for a value; a value is an address, a count or a time, never a text. */
export const words = {
  "headline.VERIFIED":
    "The {count} message(s) that were picked for this report were sent by the accounts named here, from devices of theirs, in this conversation, and were not altered.",
  "headline.VERIFIED_NO_SUBMIT_SIG":
    "The {count} message(s) that were picked for this report were sent by the accounts named here, in this conversation, and were not altered. For some of them the sending device's own signature is missing.",
  "headline.UNVERIFIED":
    "At least one of the {count} message(s) that were picked for this report is not proven. Treat what is not proven as a statement of the person who reports.",
  "headline.nothing": "Nothing in this report is proven. Treat it as a statement of the person who reports.",
  "proven.sent":
    "Message {seq} was sent by {sender} and taken in by {provider} at {at} (the provider's clock).",
  "proven.device": "Message {seq} was signed by the sending device {device}.",
  "proven.existed":
    "Message {seq} existed at {at} at the latest: an outside authority stamped the log that it is in.",
  "proven.seen":
    "When {sender} wrote message {seq}, the device said in it that it had received the conversation up to message {seen}.",
  "proven.edit": "Message {seq} replaces message {replaces}; both are shown.",
  "proven.attachment":
    "Message {seq} carried the file with SHA-256 {sha256}; it was opened and is the one that was sent.",
  "proven.reporter": "The report was made by {reporter}, who was a member of the conversation.",
  "proven.order":
    "Messages {from} to {to} stand in the order in which {provider} took them in; of these {count}, {shown} are shown.",
  "not-proven.item": "Message {seq}, said to be from {sender}: {why}",
  "not-proven.bundle": "The report as a whole: {why}",
  "not-proven.attachment-unseen":
    "What the file with the root {root} in message {seq} shows: that it was sent is proven, nobody has opened it for this check.",
  "not-proven.attachment-unopened":
    "The file with the root {root} in message {seq}: nobody has opened it for this check.",
  "not-proven.attachment":
    "The file with the root {root} in message {seq}: it is gone, or not the one that was sent.",
  "withheld.some":
    "The person who reports kept back {count} message(s) of this part of the conversation: number(s) {seqs}.",
  "withheld.none": "Nothing between message {from} and message {to} was kept back.",
  "withheld.unknown":
    "Whether anything between message {from} and message {to} was kept back is not known: the chain of the messages does not hold.",
  "withheld.unknown-else":
    "Whether anything else was kept back is not known: the chain of the messages does not hold.",
  "withheld.outside": "Messages before {from} and after {to} (up to {head}) are not part of the report.",
  "withheld.whole":
    "The report shows every message from {firstSeq} to {headSeq}. That these are the first and the newest that the reporter could read is the word of the reporter's device.",
} as const;

export const limitWords: Readonly<Record<KnownLimit, string>> = {
  "account-not-person":
    "It is about accounts and devices. Who held the device has to be shown by other means.",
  "authenticity-only": "It shows who sent which words, not whether the words are true.",
  "reporter-chose":
    "The person who reports chose what to show. Everyone in the conversation can show the rest in the same way.",
  "outside-window-unknown": "Nothing is said about messages outside of the part that is shown.",
  "frank-by-provider-only":
    "The provider's mark on a message is made with a secret key: only the provider can check that one step again. Every other step can be repeated by anybody.",
  "directory-by-provider": "Which device belonged to which account is the provider's own record.",
  "clock-by-provider": "For some or all messages the time rests on the provider's clock alone.",
  "no-device-signature":
    "For some messages there is no signature of the sending device, so the provider's word stands for the account.",
  "attachments-not-seen": "Some files were not opened for this check.",
  "forwarder-is-sender":
    "Whoever passed something on counts as its sender here; where it came from first is not known.",
};
