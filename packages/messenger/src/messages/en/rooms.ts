/** The list of conversations, new ones, and what a conversation is made of. */
export const rooms = {
  "rooms.title": "Conversations",
  "rooms.label": "Conversations",
  "rooms.empty": "No conversations yet.",
  "rooms.empty-do": "Find somebody by their handle",
  "rooms.only-you": "Only you",
  "rooms.preview-own": "You: {said}",
  "rooms.preview-other": "{name}: {said}",
  "rooms.request": "Wants to talk with you",
  "rooms.joining": "Getting ready",
  "rooms.left": "You left",
  "rooms.removed": "You were taken out",
  "rooms.nothing-yet": "Nothing written yet",
  "rooms.timer-on": "Messages disappear",
  "rooms.unread": "{count, plural, one {unread message} other {unread messages}}",
  "rooms.unread-many": "99+",
  "rooms.nothing-open": "Nothing open",
  "rooms.pick": "Pick a conversation, or find somebody new.",
  "rooms.settings": "Settings",
  "rooms.new": "New conversation",

  "line.picture": "Picture",
  "line.video": "Video",
  "line.file": "File: {name}",
  "line.renamed": "{name} called this conversation \u201c{room}\u201d.",
  "line.timer-on": "{name} set new messages to disappear after {span}.",
  "line.timer-off": "{name} set new messages to stay.",
  "line.joined": "{names} joined.",
  "line.left": "{names} left.",
  "line.device-added": "{name} added {count, plural, one {a device} other {# devices}} to their account.",
  "line.device-removed": "{name} took {count, plural, one {a device} other {# devices}} off their account.",
  "line.deleted": "{name} took this message back.",
  "line.disappeared": "This message has disappeared.",
  "line.unverifiable": "A message could not be checked, so it is not shown.",
  "line.missing": "{count, plural, one {A message is missing here.} other {# messages are missing here.}}",
  "line.unsupported": "A message of a kind that this version cannot show.",

  "new.title": "New conversation",
  "new.handle": "Their handle",
  "new.handle-hint": "Ask them for it. It looks like river-otter.",
  "new.another": "Add another person",
  "new.another-hint": "With two or more people it becomes a group.",
  "new.find": "Find",
  "new.found": "Found {name}",
  "new.nobody": "Nobody here is called {handle}. Check the spelling with them.",
  "new.yourself": "That is your own handle.",
  "new.chosen": "People in the new conversation",
  "new.take-off": "Take {name} off",
  "new.start": "Start talking",
  "new.start-group": "Start a group with {count} people",
  "new.group-name": "A name for the group",
  "new.group-name-hint": "Only the people in it can read it.",

  "details.back": "Back to the conversation",
  "details.missing": "This conversation is not here",
  "details.missing-text": "It may be on another of your devices, or you have removed it from this one.",
  "details.name": "Name of the group",
  "details.people": "People",
  "details.not-added":
    "Could not be added: {handles}. Perhaps the handle is wrong, or they have not opened their messages for a while.",
  "details.invite": "Add somebody",
  "details.invite-hint": "They see what is written from now on, not what was written before.",
  "details.safety": "Something not right?",
  "details.safety-text": "You can always leave, block, report, or talk to somebody about it.",
  "details.help": "Who can help",

  "person.blocked": "You have blocked this person.",
  "person.trust": "I know {name}",
  "person.trust-hint":
    "Switch this on for people you have met and trust. Their pictures are then not blurred.",
  "person.block": "Block {name}",
  "person.unblock": "Unblock {name}",
  "person.take-out": "Take {name} out of the group",

  "block.title": "Block {name}?",
  "block.what":
    "{name} can no longer write to you or add you to anything. They are not told. What they sent before stays here until you remove it.",
  "block.report.young":
    "Did they do something that felt wrong? You can tell us as well. It is not your fault, and you choose what to show.",
  "block.report.adult":
    "If they did something that should not have happened, you can report it as well. You choose what to show.",
  "block.do": "Block",
  "block.do-and-report": "Block and report",
  "block.done": "{name} is blocked.",

  "leave.open": "Leave",
  "leave.title": "Leave this conversation?",
  "leave.what":
    "You will get nothing more from it, and the others see that you left. What you received stays on this device until you remove it, and can be reported until then.",
  "leave.report.young":
    "Are you leaving because something felt wrong? You can tell us. It is not your fault, and you choose what to show.",
  "leave.report.adult":
    "If you are leaving because of something that should not have happened, you can report it. You choose what to show.",
  "leave.do": "Leave",
  "leave.do-and-report": "Leave and report",
  "leave.stay": "Stay",
  "leave.forget": "Remove from this device",
  "leave.forget-hint":
    "Removing it also removes your proof: nothing of it can be reported from this device afterwards.",

  "timer.title": "Disappearing messages",
  "timer.label": "New messages disappear",
  "timer.hint":
    "The clock starts when a message is read. Everybody sees who changed this. Somebody could still keep a copy or a photo of the screen.",
  "timer.never": "Never",
  "timer.reportable":
    "If something was wrong, you can still report a message for {span} after it has disappeared. Your device keeps it locked away for that and for nothing else.",
} as const;
