/** The report sheet and what comes after it, in two wordings where it speaks to the person. */
export const report = {
  "report.open": "Report",
  "report.title": "Report what happened",
  "report.progress": "Step {step} of {steps}",
  "report.gathering": "Getting the messages together. Nothing is sent.",
  "report.nothing":
    "There is nothing here that this device could prove. You can still block, leave, and talk to somebody.",
  "report.next": "Go on",
  "report.stop": "Stop here, send nothing",
  "report.send": "Send the report",
  "report.sending": "Locking and sending",
  "report.somebody": "Somebody",
  "report.missing-category":
    "Choose what fits best to go on. If you are not sure, choose \u201cSomething else\u201d.",
  "report.missing-messages": "Choose at least one message with \u201cThis happened\u201d to go on.",

  "report.what.title.young": "What happened?",
  "report.what.title.adult": "What happened?",
  "report.what.lead.young":
    "You have done nothing wrong by telling. Choose what fits best. You can stop at any time, and nothing is sent until the very end.",
  "report.what.lead.adult":
    "Choose what fits best. You can stop at any time, and nothing is sent until the very end.",
  "report.what.label": "What happened",
  "report.what.danger.young":
    "Are you in danger right now? Do not wait for us: go to a grown-up near you or call the emergency number.",
  "report.what.danger.adult":
    "If somebody is in danger right now, do not wait for this report: call the emergency number.",

  "category.child-at-risk.young": "I am not safe, or somebody else my age is not",
  "category.child-at-risk.adult": "A child is not safe",
  "category.unwanted-contact.young": "Somebody writes to me in a way I do not want",
  "category.unwanted-contact.adult": "Somebody seeks contact with a child that should not be",
  "category.threats-or-pressure.young": "Somebody threatens me or pushes me to do things",
  "category.threats-or-pressure.adult": "Threats or pressure",
  "category.harmful-picture.young": "A picture or video that is not all right",
  "category.harmful-picture.adult": "A picture or video of a child that should not be there",
  "category.someone-may-get-hurt.young": "Somebody may get hurt",
  "category.someone-may-get-hurt.adult": "Somebody may get hurt",
  "category.money-or-blackmail.young": "Somebody wants money, or says they will share something of mine",
  "category.money-or-blackmail.adult": "Blackmail or a demand for money",
  "category.other.young": "Something else, or I am not sure",
  "category.other.adult": "Something else",

  "report.messages.title.young": "Which messages?",
  "report.messages.title.adult": "Which messages?",
  "report.messages.lead.young":
    "Mark the ones where it happened. The messages around them help people understand. You can keep back any message, for example if it is embarrassing or has nothing to do with it.",
  "report.messages.lead.adult":
    "Mark the ones where it happened. Those around them show how it came about. You can keep back any message.",
  "report.messages.keys":
    "With the keyboard: arrow keys go from message to message, Tab goes to its buttons.",
  "report.messages.label": "Messages in the report",
  "report.messages.older": "Show {count} before",
  "report.messages.newer": "Show {count} after",
  "report.messages.all": "Show everything on this device",
  "report.messages.count":
    "{shown, plural, one {# message goes} other {# messages go}} along, {kept, plural, =0 {none is kept back} one {one is kept back} other {# are kept back}}.",
  "report.line-select": "This happened",
  "report.line-selected": "What you report",
  "report.line-keep": "Keep this one back",
  "report.line-edit": "Changed to: {text}",
  "report.line-reaction": "Reacted with {emoji}",
  "report.line-reaction-gone": "Took a reaction back",
  "report.line-file": "A file",
  "report.line-captioned": "{said}: {caption}",
  "report.line-not-held": "No longer on this device",
  "report.kept":
    "You keep this one back. The people who read your report will see that one message is left out, not what it says.",
  "report.kept-unverifiable":
    "This one could not be checked when it came, so it stays here. The people who read your report will see that one message is left out.",
  "report.kept-not-held":
    "This one is no longer on your device. The people who read your report will see that one message is left out.",

  "report.pictures.title.young": "The pictures",
  "report.pictures.title.adult": "The pictures",
  "report.pictures.lead.young":
    "We can prove that a picture was sent to you without you sending it again. Nobody has to look at it for that.",
  "report.pictures.lead.adult":
    "That a picture was sent can be proven without sending it again. Decide whether it goes along.",
  "report.pictures.all": "For all pictures and files",
  "report.pictures.each": "Decide for each one",
  "report.pictures.one": "{what} from {name}, {at}",
  "report.mode.hash-only.young": "Prove that it was sent, without sending it again",
  "report.mode.hash-only.adult": "Prove that it was sent, without sending it again",
  "report.mode.hash-only-hint.young": "The picture stays on your device.",
  "report.mode.hash-only-hint.adult":
    "The picture stays on your device. The proof names it beyond doubt if it is found elsewhere.",
  "report.mode.full.young": "Let the safety team open it",
  "report.mode.full.adult": "Include it",
  "report.mode.full-hint.young": "Only trained people see it, and police if it is passed on.",
  "report.mode.full-hint.adult":
    "Trained people open it, and police if it is passed on. It weighs more as evidence.",
  "report.pictures.hint.young":
    "If you are not sure, leave it as it is. Whoever looks into it can ask about it later.",
  "report.pictures.hint.adult": "If you are not sure, prove only. The picture can be asked for later.",

  "report.words.title.young": "Do you want to say anything?",
  "report.words.title.adult": "Anything to add?",
  "report.words.lead.young": "You do not have to. If you write something, write it in your own way.",
  "report.words.lead.adult": "You do not have to. It can help to say what cannot be seen in the messages.",
  "report.words.note.young": "In your words",
  "report.words.note.adult": "In your words",
  "report.words.note-hint.young":
    "For example: how you know them, whether they wrote to you somewhere else too, whether you are safe now.",
  "report.words.note-hint.adult":
    "For example: who else is affected, where else it happened, whether somebody is at risk now.",
  "report.words.about": "Whom is it about?",
  "report.words.nobody": "I do not want to say",

  "report.check.title.young": "Look it over",
  "report.check.title.adult": "Look it over",
  "report.check.lead.young": "This is all that will be sent. Nothing has been sent so far.",
  "report.check.lead.adult": "This is all that will be sent. Nothing has been sent so far.",
  "report.check.shown": "The safety team of {hub} will read",
  "report.check.category": "What happened:",
  "report.check.one-kept": "One message is left out here.",
  "report.check.file-full": "The file goes along",
  "report.check.file-hash-only": "Only the proof that it was sent",
  "report.check.note": "Your words:",
  "report.check.along": "This goes along",
  "report.check.stays": "This stays with you",
  "report.check.exact": "For those who want to know exactly",
  "report.check.exact-text":
    "The report is {bytes} bytes, signed by this device and locked for the safety team before it leaves. Its SHA-256:",
  "report.along.account": "Your account, because a report without one cannot be checked",
  "report.along.device": "Which device of yours it comes from",
  "report.along.time": "When the messages were sent, and the time now",
  "report.along.client-version": "The version of this messenger",
  "report.along.room": "Which conversation it is, and who was in it",
  "report.along.note": "What you wrote for the report",
  "report.along.chain": "How many messages are left out, and where",
  "report.stays.keys": "Your keys: nobody can read anything else with this",
  "report.stays.other-rooms": "All your other conversations",
  "report.stays.withheld-messages": "What the messages say that you keep back",
  "report.stays.hash-only-files": "The pictures of which you only prove that they were sent",
  "report.stays.contacts": "Whom else you know",
  "report.stays.code": "Your recovery code",

  "report.next.title": "What happens next",
  "report.next.received.young": "{hub} gets your report. You get a number for it.",
  "report.next.received.adult": "{hub} receives the report and gives you a number for it.",
  "report.next.checked.young": "A computer checks that the messages are real. Then trained people read it.",
  "report.next.checked.adult":
    "It is checked that the messages are genuine and unchanged; then trained people read it.",
  "report.next.passed-on.young":
    "If somebody broke the law or somebody is in danger, {hub} tells the police or the people who protect children. They may want to talk with you or with a grown-up of yours.",
  "report.next.passed-on.adult":
    "If a law was broken or somebody is at risk, {hub} passes it on to the authorities. They may get in touch with you.",
  "report.next.outcome.young": "You can look here at any time to see what became of it. It can take a while.",
  "report.next.outcome.adult":
    "What became of it appears here with your number. That can take weeks or longer.",
  "report.next.not-told.young":
    "The person it is about is not told that you reported them. If it comes to a court, they may find out; before that somebody will talk with you about it.",
  "report.next.not-told.adult":
    "The person it is about is not told who reported them. If it comes to court, that may become known.",

  "report.sent.title.young": "Thank you. You did the right thing.",
  "report.sent.title.adult": "Thank you. Your report is on its way.",
  "report.sent.text.young": "Your report has gone out. What others did is not your fault.",
  "report.sent.text.adult": "It has gone out and will be looked into.",
  "report.sent.waiting":
    "It is signed and locked on this device and goes out as soon as there is a connection. You need not do anything.",
  "report.sent.help.young": "You do not have to carry this alone:",
  "report.sent.help.adult": "If you would like to talk to somebody about it:",
  "report.sent.done": "Done",
  "report.sent.follow": "See what becomes of it",

  "receipt.title": "Your report",
  "receipt.number": "Its number",
  "receipt.what": "{category}. Sent on {at}.",
  "receipt.how-much":
    "{shown, plural, one {# message was shown} other {# messages were shown}}, {withheld, plural, =0 {none was kept back} one {one was kept back} other {# were kept back}}.",
  "receipt.steps": "What has become of it",
  "receipts.title": "Your reports",
  "receipts.none": "You have not reported anything.",
  "receipts.back": "Back to your reports",
  "receipts.missing": "This report is not here",
  "receipts.missing-text": "It may have been made on another of your devices.",

  "step.waiting": "Waiting for a connection",
  "step.refused": "Could not be handed in",
  "step.received": "Received",
  "step.verified": "Checked: the messages are genuine",
  "step.unverified": "Checked: genuineness could not be shown",
  "step.not-opened": "Could not be opened",
  "step.passed-on": "Passed on to people who look into it",
  "step.with-authorities": "With the authorities",
  "step.arrest": "Somebody was arrested",
  "step.charge": "Somebody was charged",
  "step.children-safeguarded": "Children were made safe",
  "step.no-further-action": "Closed: nothing further will be done",
  "step.useless": "Closed: it did not hold enough to go on",
  "step.duplicate": "Known already from another report",
  "step-meaning.waiting": "It is locked on this device and goes out by itself.",
  "step-meaning.refused":
    "The service did not take it. What you chose is still on this device: make the report again, or turn to somebody who can help.",
  "step-meaning.received": "It is locked until the safety team opens it.",
  "step-meaning.verified": "Nobody can say that you made them up.",
  "step-meaning.unverified": "It is still read and taken seriously, as what you say.",
  "step-meaning.not-opened": "Something was wrong with the file. Please make the report again.",
  "step-meaning.passed-on": "Trained people decide what has to be done.",
  "step-meaning.with-authorities": "Police or a child-protection office have it.",
  "step-meaning.no-further-action":
    "That does not mean that you were wrong to tell. If something happens again, tell again.",
  "step-meaning.useless": "That does not mean that you were wrong to tell. If there is more, report it too.",
  "step-meaning.duplicate": "Yours helps all the same: it shows that it happened to more than one person.",
} as const;
