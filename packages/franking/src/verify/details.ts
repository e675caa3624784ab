/**
 * What each step's result means, in plain words. The keys are stable codes; nothing here ever quotes a message. The codes of
 * passed steps are `passed.V1` to `passed.V14`.
 */
export const details = {
  "passed.V1": "The report is complete and in the one form that it may have.",
  "passed.V2":
    "The report was signed by a device of the person who reports, who was a member of the conversation.",
  "passed.V3": "The message's bytes are in the one form that a message may have.",
  "passed.V4": "The message's text gives the tag that was sent with its ciphertext.",
  "passed.V5": "The provider's own secret key made its mark over this tag, sender, conversation and time.",
  "passed.V6": "The provider's signature over its mark, the sender, the conversation and the time is right.",
  "passed.V7":
    "The provider's record of the message is the one that was handed to its receivers, and stands in its place in the chain.",
  "passed.V8": "The record was in the provider's public log.",
  "passed.V9": "The sending device signed that it sent this message to this conversation.",
  "passed.V10":
    "The sending device and the person who reports were members of the conversation at that point.",
  "passed.V11":
    "What the message says about what its device had seen and sent before agrees with the other messages.",
  "passed.V12": "Every attachment that was to be opened is the one that the message committed to.",
  "passed.V13": "The times agree with each other.",
  "passed.V14": "Every step that decides was carried out and holds.",

  "bundle.unreadable": "The report cannot be read: it is damaged, or not in the one form that it may have.",
  "bundle.other-report": "The report inside is another one than the number on it says.",
  "records.other-room": "The provider's records are about another conversation.",
  "reporter.device-unknown": "The provider's directory has no such device of the person who reports.",
  "reporter.device-revoked": "The device that signed the report had been removed from its account before.",
  "reporter.signature": "The signature under the report is not that of the device it names.",
  "reporter.not-a-member": "The person who reports was never a member of this conversation.",
  "content.invalid": "The message's bytes are not in the one form that a message may have.",
  "content.other-sender": "The message names another sender than the report does.",
  "content.other-room": "The message names another conversation than the report does.",
  "frank.tag": "The message's text does not give the tag that was sent with its ciphertext: it was altered.",
  "frank.not-ours":
    "The provider's mark was not made by its secret key over this tag, sender, conversation and time.",
  "frank.key-month": "The mark names the key of another month than that of its time.",
  "frank.not-asked": "Only the provider can check its mark, and nobody asked it or has its word.",
  "frank.suite": "The mark is signed with a cipher suite that is not in use here.",
  "frank.no-key": "No key of the provider that is known here was valid at that time.",
  "frank.signature":
    "The signature over the provider's mark is not by a key of the provider that was valid at that time.",
  "record.missing": "The provider has no record of this message.",
  "record.differs": "The provider's record is about another message.",
  "record.context": "The provider's record commits to another sender, conversation or time.",
  "record.hash": "The record is not the one that the receivers were told of.",
  "chain.gap": "Messages are left out without being named.",
  "chain.broken":
    "The messages do not follow each other as the provider's chain has it: one was left out, moved or replaced.",
  "chain.head": "The chain does not end in the head that the provider signed.",
  "head.signature": "The provider's signature under the newest head is not right.",
  "head.other-room": "The newest head is of another conversation.",
  "log.not-yet": "The record was not in the provider's public log yet when the records were gathered.",
  "log.no-key": "The key of the provider's log is not known here.",
  "log.broken": "The proof that the record was in the provider's log does not hold.",
  "log.timestamp": "An outside timestamp over the log is not valid.",
  "submit.none": "The provider holds no signature of the sending device.",
  "submit.differs": "The sending device's signature is about another message, conversation or moment.",
  "submit.device-unknown": "The provider's directory has no such device of the sender.",
  "submit.device-not-valid": "The sending device did not belong to the account at that time.",
  "submit.signature":
    "The signature is not that of the sending device: somebody else may have sent this in its name.",
  "roster.missing": "It is not known who was a member of the conversation at that point.",
  "roster.sender": "The sending device was not a member of the conversation at that point.",
  "roster.reporter": "The person who reports was not a member of the conversation at that point.",
  "causality.duplicate": "The same message stands in the report twice.",
  "causality.seen":
    "The message claims to have seen a place in the conversation that came after it, or that reads otherwise.",
  "causality.order":
    "The device's own count of its messages goes backwards, or skips where nothing is missing.",
  "causality.replaces": "The message changes a message of somebody else.",
  "attachment.none": "The message has no attachment, or none that was to be opened.",
  "attachment.gone": "An attachment is no longer there to be opened.",
  "attachment.not-committed": "The report names an attachment that the message does not commit to.",
  "attachment.differs": "An attachment is not the one that the message committed to.",
  "time.order": "The times run against the order of the messages.",
  "time.future": "The report or a message bears a time that has not come yet.",
  "time.repeated": "A report with this number was already taken in.",
  "verdict.no-submit-signature":
    "The sending device's own signature is missing: the account is proven by the provider, the device is not.",
  "verdict.unverified": "A step that decides failed or could not be carried out.",
} as const;

export type DetailCode = Exclude<keyof typeof details, `passed.${string}`>;
