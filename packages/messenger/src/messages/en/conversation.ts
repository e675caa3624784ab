/** A conversation: its messages, what can be done with them, and where one writes. */
export const conversation = {
  "conversation.back": "Back to all conversations",
  "conversation.details": "About this conversation",
  "conversation.messages": "Messages: {title}",
  "conversation.people": "{count, plural, one {# person} other {# people}}",
  "conversation.two": "Only the two of you",
  "conversation.timer": "Messages disappear after {span}",
  "conversation.start":
    "Locked from device to device. Only the people here can read this, unless one of them shows it to somebody.",
  "conversation.older": "Show older messages",
  "conversation.new-here": "New from here",
  "conversation.new-below": "{count, plural, one {# new message below} other {# new messages below}}",
  "conversation.to-end": "To the newest",
  "conversation.in-reply": "In answer to",
  "conversation.reply-gone": "A message that is no longer here",
  "conversation.edited": "edited",
  "conversation.disappears": "Disappears",
  "conversation.disappears-when-read": "Disappears some time after it was read",
  "conversation.disappears-at": "Disappears {at}",
  "conversation.still-reportable": "You can still report it until {until}.",
  "conversation.unverifiable-more": "Your device could not make sure who wrote it or that it is unchanged.",
  "conversation.unverifiable-why": "Why this happens",
  "conversation.unverifiable-code": "Code for support: {code}",
  "conversation.left": "You left this conversation. You can still read and report what is here.",
  "conversation.removed":
    "You were taken out of this conversation. You can still read and report what is here.",
  "conversation.asked-alone": "Waiting for {names} to say yes. What you write goes out after that.",
  "conversation.asked": "Waiting for {names} to say yes. They will not see what is written before that.",
  "conversation.news": "{name}: {said}",
  "conversation.news-elsewhere": "New message in {title}",

  "delivery.sending": "Sending",
  "delivery.sent": "Sent",
  "delivery.failed": "Not sent",
  "delivery.retry": "Try again",
  "delivery.discard": "Give up",

  "reaction.label": "Reactions",
  "reaction.own": "{emoji} {count}, from {names}. Take yours back",
  "reaction.other": "{emoji} {count}, from {names}. Join in",

  "emoji.thumbs-up": "Thumbs up",
  "emoji.heart": "Heart",
  "emoji.laughing": "Laughing",
  "emoji.surprised": "Surprised",
  "emoji.sad": "Sad",
  "emoji.party": "Party",

  "menu.open": "What you can do with this message",
  "menu.label": "Message",
  "menu.react": "React",
  "menu.reply": "Answer",
  "menu.copy": "Copy the text",
  "menu.edit": "Change the wording",
  "menu.delete": "Take back",

  "delete.title": "Take this message back?",
  "delete.what":
    "It goes from everybody\u2019s screen. Somebody who has read it may remember it or have a copy, and people who received it can still report it for a while.",
  "delete.do": "Take it back",

  "composer.label": "Message to {title}",
  "composer.placeholder": "Message",
  "composer.attach": "Send a picture or a file",
  "composer.send": "Send",
  "composer.save": "Save the new wording",
  "composer.replying": "Answer to {name}",
  "composer.editing": "New wording",
  "composer.cancel": "Never mind",

  "send.title": "Send to {title}",
  "send.preparing": "Getting it ready",
  "send.caption": "Words to go with it",
  "send.copies": "Whoever gets it can keep a copy, even if it disappears here.",
  "send.redrawn": "What your camera wrote into the picture, such as the place, has been taken off.",
  "send.too-large": "{name} is too large. The most that can be sent is {limit}.",
  "send.do": "Send",
  "send.busy": "Locking and sending",

  "file.bytes": "{size} B",
  "file.kilobytes": "{size} KB",
  "file.megabytes": "{size} MB",
  "file.gigabytes": "{size} GB",
  "file.fetch": "Fetch",
  "file.save": "Save to this device",

  "picture.open": "Open the picture from {name}",
  "picture.play": "Play the video from {name}",
  "picture.from": "{what} from {name}, {at}",
  "picture.opening": "Unlocking",
  "picture.failed": "It cannot be shown.",
  "picture.not-fetched": "{what}: not fetched. You can see it after you accept.",
  "picture.veiled": "{what}, blurred for you",
  "picture.show": "Show",
  "picture.wrong": "Something wrong?",
  "picture.keep": "Save to this device",
  "picture.help-title": "You do not have to look at it",
  "picture.help.young":
    "If somebody sent you a picture that made you feel bad, or wants one from you, it is not your fault and you are not in trouble. You can close it, and you can tell somebody.",
  "picture.help.adult":
    "If somebody sent you a picture that you did not want, or presses you for one, you do not have to answer.",
  "picture.help-report.young":
    "You can report it without sending the picture to anybody again: we can prove that it was sent without anyone looking at it.",
  "picture.help-report.adult":
    "You can report it, and you decide whether the picture goes along or only the proof that it was sent.",
  "picture.nothing-left":
    "Your device blurs pictures by itself. Nothing was looked at, and nothing has left it.",
  "picture.help-people": "Who can help",

  "request.title": "{name} wants to talk with you",
  "request.title-group": "{name} wants you in a group",
  "request.what.young":
    "You have not talked with them here before. Do you know them from real life? If you are not sure, you can say no, or ask somebody first. Pictures stay away until you say yes.",
  "request.what.adult": "You have not talked with them here before. Pictures stay away until you say yes.",
  "request.grown-up": "{name}\u2019s account belongs to an adult.",
  "request.not-told": "{name} is not told if you say no.",
  "request.accept": "Yes, talk with them",
  "request.decline": "No",
  "request.block": "Block or report",

  "ask.title": "{name} would like to talk with you",
  "ask.handle": "@{handle}. Say yes only if you know them. They are not told if you say no.",
  "ask.accept": "Yes, let {name} write to me",
  "ask.decline": "No",

  "notice.stranger-writes.title": "You have not talked with {name} before",
  "notice.stranger-writes.young":
    "Some people are not who they say they are. You do not have to answer, send pictures, or keep anything secret.",
  "notice.stranger-writes.adult": "Make sure that they are who you think they are before you share anything.",
  "notice.grown-up-stranger-writes.title": "{name} is an adult whom you have not talked with before",
  "notice.grown-up-stranger-writes.young":
    "A grown-up who asks you for pictures or secrets is doing something wrong. You can stop at any time, and you can tell somebody.",
  "notice.grown-up-stranger-writes.adult": "You have not talked with {name} here before.",
  "notice.group-of-strangers.title": "You do not know anybody here yet",
  "notice.group-of-strangers.young":
    "{name} added you to a group of people you have not talked with. You can leave at any time; you do not need a reason.",
  "notice.group-of-strangers.adult": "{name} added you to a group of people you have not talked with.",
  "notice.stranger-sets-timer.title": "{name} made messages disappear",
  "notice.stranger-sets-timer.young":
    "Some people do that so that nobody can see what they wrote. If something feels wrong, you can still report it after it has disappeared.",
  "notice.stranger-sets-timer.adult": "You can still report a message for a while after it has disappeared.",
  "notice.person-new-device.title": "{name} uses a new device",
  "notice.person-new-device.young":
    "That is normal with a new phone. If {name} suddenly writes very differently, ask them something only they know, or ask them in person.",
  "notice.person-new-device.adult":
    "That is normal with a new phone. If in doubt, ask {name} by another way.",
  "notice.own-new-device.title": "A new device was added to your account",
  "notice.own-new-device.young":
    "Was that you? If not, take it off in Settings, under Your devices, and tell somebody you trust.",
  "notice.own-new-device.adult": "If that was not you, take it off in Settings, under Your devices.",

  "warning.different-conversations": "This conversation may look different to the others",
  "warning.mark-not-genuine": "A message carries a mark that is not genuine",
  "warning.different-members":
    "Somebody may be listed here who is not in this conversation, or the other way round",
  "warning.messages-missing": "Messages were left out of this conversation",
  "warning.unknown-device": "A device spoke for somebody without being known for them",
  "warning.what-to-do":
    "Your device noticed this by itself. It means that the service made a mistake or is not honest. Nothing you wrote was read. For anything that matters, talk another way until it is cleared up.",
  "warning.more": "What the service can and cannot see",
} as const;
