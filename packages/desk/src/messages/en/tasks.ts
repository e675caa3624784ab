/** What does not get through to another station: whose it is, why, and what to do. */
export const tasks = {
  "tasks.nav": "Tasks",
  "tasks.nav-count": "{count, plural, one {# open} other {# open}}",
  "tasks.nav-mine": "{count, plural, one {# open} other {# open}}, {mine} yours",
  "tasks.title": "Tasks",
  "tasks.intro":
    "What is on its way to others and does not get through, senders whose reports do not come as they used to, and what must be decided because its keeping ends. Each task belongs to one person. What stands still sounds after 15 minutes, 4 hours and a day, each time to more people. What ends stands here 30 days before, and wakes nobody.",
  "tasks.lists": "Which tasks",
  "tasks.list.open": "Open",
  "tasks.list.closed": "Closed",
  "tasks.none.open":
    "Everything gets through, every sender’s reports come as before, and nothing ends soon. There is no open task.",
  "tasks.none.closed": "No task has been closed yet.",
  "tasks.not-current":
    "The station does not answer: these are the tasks as they were. It is asked again every few seconds.",
  "tasks.what.refused": "refused",
  "tasks.what.incomplete": "arrived, and is not whole",
  "tasks.what.keeping-ends": "keeping ends",
  "tasks.what.erasing-waits": "waits for a second person",
  "tasks.what.erasing-stands-still": "does not end",
  "tasks.waits": "Waits for a second person",
  "tasks.waits-count": "{count, plural, one {# report} other {# reports}}",
  "tasks.alarm.1": "its owner is called",
  "tasks.alarm.2": "the leads are called",
  "tasks.alarm.3": "everybody is called",
  "tasks.ending.1": "within 30 days",
  "tasks.ending.2": "within a week",
  "tasks.ending.3": "overdue",
  "tasks.since": "Since",
  "tasks.ends": "Waits for a decision",
  "tasks.ends-count": "{count, plural, one {# report} other {# reports}}, the first ends",
  "tasks.sounds": "Sounds again",
  "tasks.rises": "More pressing from",
  "tasks.owner": "Whose it is",
  "tasks.owner-you": "Yours, since",
  "tasks.owner-other": "{name} ({role}), since",
  "tasks.owner-none": "Nobody’s: this station has nobody to give it to",
  "tasks.why": "Why",
  "tasks.do": "What to do",
  "tasks.more": "and {count, plural, one {# more} other {# more}}",
  "tasks.closed": "Closed",
  "tasks.closed.through": "It is over: it got through, or was settled elsewhere at this desk.",
  "tasks.closed.elsewhere": "Done elsewhere, says {who}: {reason}",
  "tasks.closed.seen-to": "Seen to, says {who}: {reason}",

  "tasks.trouble.bank": "The source of this bank of hashes does not answer as it should.",
  "tasks.trouble.none": "Nobody has taken it up yet: the station’s workers may not be running.",
  "tasks.trouble.unreachable": "The other station does not answer, or says that it cannot now.",
  "tasks.trouble.answer-invalid": "The other station answers, and its answer proves nothing.",
  "tasks.trouble.not-known": "The other station does not know the report that this is about.",
  "tasks.trouble.blocked": "It cannot go through before a person changes something, here or there.",
  "tasks.trouble.refused": "The other side has refused it for good. It is not tried again by itself.",
  "tasks.trouble.fault": "This station itself failed at it.",
  "tasks.trouble.incomplete":
    "It was finished before everything was there. The other side does not take more, so tell them what is missing.",

  "tasks.trouble.keeping": "What the law, a hold or a decision made this station keep ends.",

  "tasks.advice.bank":
    "Ask whoever runs this station to look at the source’s address and account, and at what it answers. Nothing is lost: hashes that are here go on matching, and fetching goes on where it was.",
  "tasks.advice.none": "Tell whoever runs this station. Nothing is lost: it goes out when the workers run.",
  "tasks.advice.unreachable":
    "Telephone them: are they down, or moving? Nothing is lost, and it goes out within half a minute once they are back. If it cannot wait, bring it there in another way and say so here.",
  "tasks.advice.answer-invalid":
    "Telephone them: have they changed their keys or their address? Nothing is lost. A new key needs their new card in this station’s configuration.",
  "tasks.advice.not-known":
    "It may pass by itself: their note that they sent the report can be late. If not, tell them the number by telephone and say here that it was done elsewhere.",
  "tasks.advice.blocked":
    "Read the words below: a password, a right, an address or a key. Have it changed, then try now.",
  "tasks.advice.refused":
    "Read what they named. Correct it with a claim on the report, then send it anew; or bring it there in another way and say so here.",
  "tasks.advice.fault": "Tell whoever runs this station: its log says more. Then try now.",
  "tasks.advice.keeping":
    "Go through the reports on the page “What expires next”: keep each longer with a reason, or decide that it may go. Nothing is erased by itself. The task ends when all are decided about.",
  "tasks.trouble.erasing":
    "Whoever decides that a report may go never erases it alone: another lead reads the reason and confirms.",
  "tasks.advice.erasing":
    "Go through “May go” on the page “What expires next”: confirm each, or keep it longer, or put a hold on it. The task ends when none waits.",
  "tasks.trouble.erasing-stuck":
    "The station itself does not come to the end of it: its workers may not be running, or the disk refuses.",
  "tasks.advice.erasing-stuck":
    "Tell whoever runs this station: its log says more. It goes on where it was, by itself, and the task ends with the certificate.",
  "tasks.advice.incomplete": "Tell them what is missing, then close the task and say how you told them.",

  "tasks.stage.intended": "has not left yet",
  "tasks.stage.sent": "may have arrived",
  "tasks.stage.named": "they have a part of it",
  "tasks.stage.finishing": "everything is there, and the end may have arrived",
  "tasks.stage.confirmed": "arrived",
  "tasks.stage.refused": "refused",
  "tasks.stage.elsewhere": "done elsewhere",
  "tasks.stage.lapsed": "lapsed",
  "tasks.attempts":
    "{count, plural, =0 {no attempt has failed} one {# failed attempt} other {# failed attempts}}",
  "tasks.next": "next attempt",

  "tasks.act.take-over": "Take it over",
  "tasks.act.hand-on": "Hand it to somebody",
  "tasks.act.retry": "Try now",
  "tasks.act.correct": "Corrected: send it anew",
  "tasks.act.elsewhere": "Done elsewhere",
  "tasks.act.close": "Seen to: close it",
  "tasks.act-of": "{act}: {text}",
  "tasks.act-one": "Done elsewhere: report {number}",
  "tasks.done.take-over": "The task is yours.",
  "tasks.done.hand-on": "The task is handed on.",
  "tasks.done.retry": "It is being tried now.",
  "tasks.done.correct": "It is being sent anew, as the report stands now.",
  "tasks.done.elsewhere": "Noted as done elsewhere.",
  "tasks.done.close": "The task is closed.",

  "tasks.hand-on.title": "Hand the task to somebody",
  "tasks.hand-on.to": "To whom",
  "tasks.elsewhere.title": "Done elsewhere",
  "tasks.elsewhere.hint":
    "It will not be sent from here any more. Say how it got there, who took it and what they call it; or why it need not go.",
  "tasks.close.title": "Close the task",
  "tasks.close.hint": "Say what you did, whom you told and when.",
  "tasks.reason": "Reason",
  "help.tasks": "Tasks",
  "help.key.next-task": "Next task",
  "help.key.previous-task": "Previous task",
} as const;
