/** Proof of origin of messages from encrypted conversations, and the conversation itself once it is opened. */
export const origin = {
  "origin.title": "Proof of origin",
  "origin.none":
    "No proof of origin came with this message bundle. It is its sender’s word, like any copy of a text.",
  "origin.by": "by {provider} ({domain})",

  "origin.state.proven": "Proven",
  "origin.state.not-proven": "Not proven",
  "origin.state.contradicted": "Does not hold",
  "origin.state.incomplete": "Incomplete",
  "origin.state.unknown-provider": "Provider not known here",
  "origin.state.unreadable": "Cannot be read",

  "origin.lead.proven":
    "{count, plural, one {The message that was picked for this report was} other {The # messages that were picked for this report were}} sent by the accounts named below, from devices of theirs, in this conversation, and not altered. The provider’s verifier checked it and signed for it; this station checked the signature, and that it is about the very bytes that are here.",
  "origin.lead.not-verified":
    "The provider’s verifier could not carry out every step that decides. What is below is the statement of the person who reports.",
  "origin.lead.no-device-signature":
    "The provider vouches for the accounts, but the sending device’s own signature is missing for at least one message. Somebody else could have sent it in the account’s name, so this station does not count it as proven.",
  "origin.lead.verification-failed":
    "The provider’s verifier found that something does not agree. Do not rely on this bundle as evidence of what was sent.",
  "origin.lead.signature":
    "The attestation names a provider that is known here, but was not signed by it as it stands: it was altered, or forged. Do not rely on this bundle.",
  "origin.lead.bundle-differs":
    "The attestation is about another bundle than the one that came with this report. Do not rely on this bundle.",
  "origin.lead.records-differ":
    "The provider’s records that came with this report are not those that the attestation is about. Do not rely on this bundle.",
  "origin.lead.bundle-missing":
    "The bundle that the attestation is about did not come with this report. Ask the sender for it.",
  "origin.lead.records-missing":
    "The provider’s records that the attestation is about did not come with this report, so nobody could check it again. Ask the sender for them.",
  "origin.lead.key-not-pinned":
    "The proof is by a provider that this station does not know, so it proves nothing here yet. Whoever runs this station can pin the provider’s card; then it is checked again.",
  "origin.lead.other-domain":
    "The attestation speaks for conversations of another provider than the one that signed it. It proves nothing here.",
  "origin.lead.malformed":
    "The attestation that came with this report is not in the form of one. Ask the sender for it again.",
  "origin.lead.too-large":
    "The attestation that came with this report is larger than any can be, so it was not read.",
  "origin.lead.not-as-measured":
    "The attestation’s bytes are not those that its sender measured. Ask the sender for it again.",

  "origin.proven": "What is proven",
  "origin.proven.accounts": "{sender} sent {seqs}.",
  "origin.proven.messages": "{count, plural, one {message {seqs}} other {messages {seqs}}}",
  "origin.proven.reporter": "The report was made by {reporter}, from a device of that account.",
  "origin.proven.order": "The messages stand in the order in which the provider took them in.",
  "origin.proven.whole":
    "Every message from {first} to {head} is shown. That these are the first and the newest that the person who reports could read is the word of the device that reports.",
  "origin.proven.stamped":
    "{count, plural, one {One message} other {# messages}} existed by the time that an outside authority stamped, whatever the provider’s clock says.",
  "origin.proven.files":
    "{count, plural, one {One attached file was} other {# attached files were}} opened and is what the message carried, byte for byte.",

  "origin.not-proven": "What is not proven",
  "origin.not-proven.step": "{where}: {what}",
  "origin.not-proven.whole": "The report as a whole",
  "origin.not-proven.message": "Message {seq}",
  "origin.limit.account-not-person":
    "Who held the device. An account and a device are proven, never a person.",
  "origin.limit.authenticity-only": "Whether what was written is true.",
  "origin.limit.reporter-chose":
    "What else was written. The person who reports chose what to show; anybody else in the conversation can show the rest in the same way.",
  "origin.limit.outside-window-unknown": "Anything outside of the part that is shown.",
  "origin.limit.frank-by-provider-only":
    "One step can only be repeated by the provider, because it rests on the provider’s secret key. Every other step can be repeated by anybody.",
  "origin.limit.directory-by-provider":
    "Which device belonged to which account rests on the provider’s own record.",
  "origin.limit.clock-by-provider": "For some or all messages the time rests on the provider’s clock alone.",
  "origin.limit.no-device-signature": "For some messages there is no signature of the sending device.",
  "origin.limit.attachments-not-seen":
    "What some attached files show: nobody has opened them for this check.",
  "origin.limit.forwarder-is-sender": "Where something that was passed on came from first.",

  "origin.withheld": "What was kept back",
  "origin.withheld.none": "Nothing between message {from} and message {to}.",
  "origin.withheld.unknown":
    "Not known beyond what is named as kept back: the chain of the messages does not hold.",
  "origin.withheld.some":
    "{count, plural, one {One message} other {# messages}} between message {from} and message {to}: {places}.",
  "origin.withheld.outside":
    "Messages before {from} and after {to}: the conversation went up to message {head} when it was reported, and the person who reports could read it from message {first} on.",
  "origin.withheld.range": "{from} to {to}",

  "origin.who": "By whom and when",
  "origin.made-at": "Attested",
  "origin.verifier": "Verifier",
  "origin.verifier-value": "version {version}, build {build}",
  "origin.checked-at": "Checked here",
  "origin.keys": "Keys that it names",
  "origin.room": "Conversation",
  "origin.reporter": "Reported by",
  "origin.report-id": "Number at the provider",

  "origin.steps": "Every step of the check",
  "origin.steps-caption": "Steps that are about the report as a whole",
  "origin.messages-caption": "Messages, in the order of the conversation",
  "origin.column.step": "Step",
  "origin.column.result": "Result",
  "origin.column.what": "What was found",
  "origin.column.seq": "Message",
  "origin.column.sender": "From",
  "origin.column.at": "Taken in",
  "origin.column.verdict": "Verdict",
  "origin.result.passed": "holds",
  "origin.result.failed": "does not hold",
  "origin.result.not-checked": "not checked",
  "origin.step.V1": "Form and size of the report",
  "origin.step.V2": "Who reports, and their membership",
  "origin.step.V3": "Form of the message",
  "origin.step.V4": "Text against its tag",
  "origin.step.V5": "The provider’s mark",
  "origin.step.V6": "The provider’s signature",
  "origin.step.V7": "Record and chain",
  "origin.step.V8": "Public log and outside timestamps",
  "origin.step.V9": "The sending device’s signature",
  "origin.step.V10": "Membership at that time",
  "origin.step.V11": "What the device had seen",
  "origin.step.V12": "Attached files",
  "origin.step.V13": "Times and repeats",
  "origin.step.V14": "All of it together",

  "origin.verdict.VERIFIED": "proven",
  "origin.verdict.VERIFIED_NO_SUBMIT_SIG": "proven by the provider only",
  "origin.verdict.UNVERIFIED": "not proven",
  "origin.verdict.none": "nobody has attested it",
  "origin.selected": "picked",
  "origin.time-unknown": "no time",

  "origin.again": "Check it again, without this station",
  "origin.again-text":
    "Put the bundle, the provider’s records, the attestation and the opened attachments into one folder, as “fairlead package open” does, with the provider’s card that you got from the provider itself:",

  "conversation.title": "The conversation, as it was reported",
  "conversation.times": "Times are UTC, by the provider’s clock.",
  "conversation.reported-by": "Reported by",
  "conversation.about": "About",
  "conversation.category": "As",
  "conversation.category.child-at-risk": "a child at risk",
  "conversation.category.unwanted-contact": "unwanted contact",
  "conversation.category.threats-or-pressure": "threats or pressure",
  "conversation.category.harmful-picture": "a harmful picture",
  "conversation.category.someone-may-get-hurt": "somebody may get hurt",
  "conversation.category.money-or-blackmail": "money or blackmail",
  "conversation.category.other": "something else",
  "conversation.note": "In their own words",
  "conversation.label": "Messages",
  "conversation.seq": "Message {seq}",
  "conversation.withheld":
    "{count, plural, one {One message was kept back here} other {# messages were kept back here}} ({places})",
  "conversation.missing":
    "{count, plural, one {One message is missing here} other {# messages are missing here}} and not named as kept back ({places})",
  "conversation.reply-to": "answers message {seq}",
  "conversation.edit-of": "changes message {seq}",
  "conversation.removal-of": "takes back message {seq}",
  "conversation.reaction-to": "reacts to message {seq}",
  "conversation.not-shown": "a message that is not shown",
  "conversation.replaced-by": "changed or taken back later by {seqs}",
  "conversation.removed": "Nothing is left of it.",
  "conversation.room-named": "Set up the conversation. Its name: {name}",
  "conversation.room-unnamed": "Set up the conversation, without a name.",
  "conversation.unreadable": "This message cannot be read.",
  "conversation.other-part": "A part of the kind {type}, which is not shown here.",
  "conversation.disappears": "set to disappear",
  "conversation.files": "Attached files",
  "conversation.file-root": "Root {root}",
  "conversation.file-preview": "small picture of it",
  "conversation.file-unnamed": "no name",
  "conversation.file-uncommitted": "The message does not commit to this file: what it was cannot be proven.",
  "conversation.file.opened-and-bound": "Opened by the provider’s verifier: it is what the message carried.",
  "conversation.file.committed-not-seen": "The message commits to it; nobody has opened it for this report.",
  "conversation.file.failed": "What was opened is not what the message carried.",
  "conversation.file.missing": "It could not be fetched any more.",
  "conversation.file-here": "Among this report’s evidence:",
  "conversation.sha256": "SHA-256 {sha256}",
  "conversation.broken": "These bytes are not a report bundle that this desk can read.",
  "conversation.reading": "Reading the conversation",
} as const;
