/** Senders whose reports do not come as they used to: the lane, the sender's page, the task. */
export const bursts = {
  "burst.field.file": "the file",
  "burst.field.viewed": "whether a person viewed it",
  "burst.field.account": "the account",
  "burst.field.contact": "a telephone number, e-mail or payment",
  "burst.field.event-address": "the address of the upload or sending",
  "burst.field.event-port": "the source port of the upload or sending",
  "burst.field.event-time": "the time of the upload or sending",
  "burst.field.event-zone": "the zone of a time",
  "burst.field.incident-meaning": "what the incident’s time means",
  "burst.field.chat": "the conversation",
  "burst.field.victim": "the child",
  "burst.field.flags": "flags",
  "burst.field.declared-hash": "the original’s hash",
  "burst.field.reference": "its own number",
  "burst.field.refused": "refused at the door",
  "queue.status.format-burst": "Format bursts",
  "queue.label.format-burst":
    "New reports that leave empty what their sender used to fill, the most urgent first",
  "queue.empty.format-burst": "No new report leaves empty what its sender used to fill.",
  "queue.burst-intro":
    "Reports that leave empty what their sender used to fill: more likely its software than its cases. They stand in the list of new reports as well, each at its own place; nothing about their urgency has changed.",
  "queue.burst-senders": "Senders changed",
  "burst.left-empty": "Sender leaves empty: {fields}",
  "burst.report-title": "The sender used to fill this",
  "burst.report.on": "{field}: left empty since {since}, and still so. Do not take it for “there is none”.",
  "burst.report.over": "{field}: left empty from {since} on, and filled again by now. Ask for it.",
  "burst.report.accepted": "{field}: left empty since {since}; accepted as normal for this sender.",
  "burst.report.seen-to": "{field}: left empty from {since} on; a person has seen to it.",
  "burst.filled-by": "A later report fills it in",
  "burst.to-sender": "The sender’s page",
  "burst.title": "Left empty: {field}",
  "burst.title-over": "Filled again: {field}",
  "burst.title-refused": "Its reports are refused at the door",
  "burst.title-refused-over": "Its reports get in again",
  "burst.rates":
    "Filled in {before} of reports before, and in {now} of the {counted} since {since} when it was found.",
  "burst.rates-refused":
    "{before} of its calls were refused before, and {now} of the {counted} since {since} when it was found. What is refused is not here: nobody sees it until the sender mends it.",
  "burst.reports": "{reports, plural, one {# report leaves it empty.} other {# reports leave it empty.}}",
  "burst.filled-later":
    "{count, plural, one {For # the sender has sent it later.} other {For # the sender has sent it later.}}",
  "burst.lane": "See them in the queue",
  "burst.do":
    "A changed format or a broken program is likelier than a changed sender. Tell the sender what is missing and since when, and ask it to send the reports again with it. If it is meant to be so, a lead accepts it here.",
  "burst.do-refused":
    "Telephone the sender: its program tells it why each was refused, and it may not be looking.",
  "burst.do-over":
    "It is filled again since {at}. What was left empty is still missing: ask for it, then close the task.",
  "burst.do-over-refused":
    "They get in again since {at}. Ask the sender whether it sends what was refused once more, then close the task.",
  "burst.accept": "Accept as the new normal",
  "burst.accept-of": "Accept as the new normal: {title}",
  "burst.accept-means":
    "From now on its reports are measured by what they are now ({now}), not by what they were ({before}). The alarm ends, and its reports leave the lane. What is missing stays missing, and holds a report’s level down as before.",
  "burst.reason": "Reason",
  "burst.reason-hint": "Who told you, when, and why it will stay so.",
  "burst.accepted": "Accepted. The alarm has ended.",
  "burst.history": "Changes that were settled",
  "burst.was": "{field}: from {before} to {now}",
  "burst.settled.accepted": "Accepted by {who}:",
  "burst.settled.seen-to": "Seen to by {who}:",
  "burst.task-line": "{title}, from {before} to {now}",
  "tasks.what.format-burst": "the sender has changed",
  "tasks.trouble.format-burst":
    "More likely the sender’s software has changed than its cases. Nothing is refused or held back here for it.",
  "tasks.advice.format-burst":
    "Tell the sender what is missing and since when. The task can be closed when its reports are as before; a lead accepts on the sender’s page what will stay so.",
  "tasks.sender": "Sender",
  "tasks.about": "What has changed",
} as const;
