/** What the service does by counting who asks whom: for whom it is about, and for whom it is there. Nobody is called anything. */
export const safety = {
  "safety.friction.title": "New people: {count} a day for now",
  "safety.friction.young":
    "You asked quite a few people here who do not know you yet. Until {until} you can ask {count} new people a day. What you ask beyond that waits and goes out later. Your chats with people you know go on as always.",
  "safety.friction.adult":
    "This account has asked several young people here who do not know it. Until {until} it can ask {count} of them a day; further requests wait and go out later. Conversations with people you know go on as always.",
  "safety.notice.title": "A note beside your requests",
  "safety.notice.young":
    "Until {until}, people you ask see a note about what they can do if they do not want to talk. It says nothing about you.",
  "safety.notice.adult":
    "Until {until}, young people whom you ask see a note about what they can do if they do not want to talk. It says nothing about you.",
  "safety.hide.title": "Hard to find for now",
  "safety.hide.young":
    "Until {until}, people who do not know you cannot find you here, and new requests are not shown to them. Your chats with people you know go on as always.",
  "safety.hide.adult":
    "Until {until}, people who do not know you cannot find this account, and its new requests are not shown to them. Conversations with people you know go on as always.",
  "safety.how.young":
    "A computer counted this. It read none of your messages and cannot tell why you asked. It ends by itself.",
  "safety.how.adult":
    "A program counted requests. It read no message and cannot tell why you asked, and it is often wrong. It ends by itself.",
  "safety.appeal.open": "Ask a person to look",
  "safety.appeal.title": "Ask a person to look",
  "safety.appeal.what.young":
    "Somebody who works here will look and can end it. You can say why you asked people, if you want to.",
  "safety.appeal.what.adult":
    "Somebody who works here will look and can end it. Say why you asked people, if you like; it helps them.",
  "safety.appeal.words": "What they should know (you can leave this empty)",
  "safety.appeal.send": "Ask them to look",
  "safety.appeal.waiting": "You asked a person to look on {at}. What they decide shows here.",
  "safety.appeal.decided": "A person looked on {at}, and it stays until it ends by itself.",
  "safety.appeal.sent": "A person will look.",

  "safety.calm.title": "Do you know {name}?",
  "safety.calm.young":
    "{name} has asked people here who do not know them. Maybe that is fine. You decide: you need not answer, you can stop at any time, and nobody is told what you choose.",
  "safety.calm.adult":
    "{name} has asked people here who do not know them. That may be fine. You need not answer, and nobody is told what you choose.",
  "safety.calm.report-later.young":
    "If they ever write something that feels wrong, you can report it right from the message.",
  "safety.calm.report-later.adult":
    "If they write something that is not right, you can report it right from the message.",
  "safety.calm.block": "Block {name}",
  "safety.calm.report": "Report {name}",
  "safety.calm.fine": "It is fine",
} as const;
