/** What the source of a hash is told about it. */
export const feedback = {
  "feedback.title": "What its source is told",
  "feedback.tell": "Tell the source",
  "feedback.tell-about": "Tell the source about {entry}",
  "feedback.nothing": "Nothing was said to it yet.",
  "feedback.opinion.affirmative": "It is right",
  "feedback.opinion.negative": "It is wrong",
  "feedback.said": "{opinion, select, affirmative {It is right} other {It is wrong}} ({kind})",
  "feedback.by": "{by},",
  "feedback.note-here": "Note, kept here:",
  "feedback.state.waiting": "On its way",
  "feedback.state.failing": "Not there yet, and tried again by itself",
  "feedback.state.refused": "The source refused it",
  "feedback.state.delivered": "Delivered",
  "feedback.state.elsewhere": "Said in another way",
  "feedback.state.replaced": "Not sent: something newer was said",
  "feedback.not.nobody":
    "This bank is fetched from nowhere, so there is nobody to tell from here. If an entry is wrong, tell whoever made the list.",
  "feedback.not.directory":
    "The lists of this bank come from a directory, which takes nothing back. If an entry is wrong, tell whoever makes the lists.",
  "feedback.not.no-key":
    "The source takes feedback, and this station has no key for it. Whoever runs the station can add one.",
  "feedback.not.kind-unknown": "The source’s protocol has no place for this kind of hash.",
  "feedback.not.not-the-sources":
    "This entry did not come from the source, so the source is told nothing about it.",
  "feedback.not.taken-back": "The source took this back: there is nothing to say about it any more.",
  "feedback.of-kind": "{kind}: {words}",

  "feedback.dialog": "Tell {source}",
  "feedback.dialog.protocol.ncmec":
    "They are told which entry, which kind of hash, whether it is right or wrong, and the reasons that you choose from their own list. Your name, your note, the file and who posted it stay here.",
  "feedback.dialog.protocol.stopncii":
    "They are told the hash, which they know, and whether it is blocked here. Your name, your note, the file and who posted it stay here.",
  "feedback.dialog.kind": "About which hash?",
  "feedback.dialog.opinion": "What do you say?",
  "feedback.hint.ncmec-affirmative": "The hash is of what they say it is of.",
  "feedback.hint.ncmec-negative": "The hash, or what they say of it, is not right.",
  "feedback.hint.stopncii-affirmative": "They are told: blocked.",
  "feedback.hint.stopncii-negative": "They are told: not blocked.",
  "feedback.dialog.reasons": "Why, from their list",
  "feedback.dialog.no-reasons":
    "They list no reason, so nothing can be said against an entry of theirs from here.",
  "feedback.dialog.reasons-of": "As they listed them at",
  "feedback.dialog.choose": "Choose at least one reason.",
  "feedback.dialog.note": "Your note",
  "feedback.dialog.note-hint": "Why you say so. It stays here and is never sent.",
  "feedback.dialog.confirm": "Send it",
  "feedback.done": "Noted. It is on its way to the source.",
  "feedback.others": "What others say about it",
  "feedback.others-hint": "Those with whom this station shares the bank.",

  "decided.title": "Decided by you",
  "decided.intro":
    "The newest first, closed. If an entry that matched is right or wrong, its source can be told: nobody opens the file for that.",
  "decided.report": "Reported",
  "decided.leave": "Left",
  "decided.file": "Decided",
  "decided.grade": "your grade {grade}",
  "decided.viewed": "viewed in full",
  "decided.no-entry": "The bank has no such entry any more.",
  "decided.entry": "Entry {entry}",
  "decided.more": "Show what you decided before",
} as const;
