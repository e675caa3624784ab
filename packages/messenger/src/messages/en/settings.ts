/** What a person decides about their messenger, and what they should know about it. */
export const settings = {
  "settings.title": "Settings",
  "settings.back": "Back to Settings",
  "settings.is-young": "Safer settings for people under 18",
  "settings.safety": "Safety",
  "settings.blur": "Blur pictures until I tap them",
  "settings.blur-hint":
    "From everybody whom you have not marked as somebody you know. No program looks at any picture: all of them are blurred, good ones too. It happens on this device and nobody is told.",
  "settings.notices": "Show safety notices",
  "settings.notices-hint":
    "Such as when you have not talked with somebody before. Your device works them out by itself.",
  "settings.reports": "{count, plural, =0 {Your reports} one {Your reports (#)} other {Your reports (#)}}",
  "settings.about": "What can be seen from outside, and what cannot",
  "settings.look": "Look and keys",
  "settings.theme": "Light or dark",
  "settings.theme-system": "As on this device",
  "settings.theme-light": "Light",
  "settings.theme-dark": "Dark",
  "settings.enter": "Return sends the message",
  "settings.enter-hint": "Shift and Return begin a new line. Switched off, Ctrl and Return send.",

  "devices.title": "Your devices",
  "devices.this": "This device",
  "devices.since": "Since {at}",
  "devices.add": "Add another device",
  "devices.code": "Type this on the other device, under \u201cI already have an account\u201d:",
  "devices.code-until": "It can be used once, until {time}.",
  "devices.code-warning": "Show it to nobody: whoever has it can read your new messages and write as you.",
  "devices.code-done": "Hide the code",
  "devices.remove": "Take {name} off",
  "devices.remove-title": "Take {name} off your account?",
  "devices.remove-text":
    "It gets nothing new and can no longer write as you. What is on it already stays there.",
  "devices.remove-do": "Take it off",

  "backup.title": "Backup",
  "backup.what":
    "A backup keeps your conversations in case you lose this device. It is locked with a recovery code that only you have.",
  "backup.start": "Make a backup",
  "backup.busy": "Locking your backup",
  "backup.made": "Last backup: {at}.",
  "backup.show-code": "Show the recovery code",
  "backup.hide-code": "Hide the recovery code",
  "backup.refresh": "Back up now",
  "backup.code": "Write this down and keep it somewhere safe, on paper if you can:",
  "backup.code-warning":
    "Without it nobody can open the backup, we neither. With it, anybody who gets hold of the backup can.",
  "backup.restore": "Bring messages back from a backup",

  "wipe.title": "Forget this device",
  "wipe.what": "Takes your account and every conversation off this device. Your other devices keep theirs.",
  "wipe.open": "Forget everything here",
  "wipe.ask": "Forget everything on this device?",
  "wipe.ask-text":
    "What is not in a backup or on another device is gone, and can no longer be reported from here.",
  "wipe.do": "Forget everything",

  "help.title": "Who can help",
  "help.lead.young":
    "Whatever happened: it is not your fault. You are not in trouble, and there are people who help.",
  "help.lead.adult":
    "Whatever happened: it is not the fault of the person it was done to. There are people who help.",
  "help.now": "What you can do now",
  "help.stop.young":
    "You can stop answering at any time. You do not owe anybody a picture, a secret or an answer.",
  "help.stop.adult": "Stop answering. Do not pay and do not send anything more.",
  "help.keep.young": "Do not delete the messages. They can help to stop the person.",
  "help.keep.adult": "Do not delete the messages: they are the evidence.",
  "help.report.young":
    "You can report any message: open what you can do with it and choose \u201cReport\u201d. You choose what to show.",
  "help.report.adult":
    "Report: open what you can do with a message and choose \u201cReport\u201d. You choose what to show.",
  "help.who": "Whom to turn to",
  "help.trusted.young": "An adult you trust",
  "help.trusted.adult": "Somebody you trust",
  "help.trusted-how.young":
    "A parent, a teacher, an aunt, a doctor. You do not have to tell everything at once. You can show them this page.",
  "help.trusted-how.adult": "A friend, a doctor, a school. You do not have to tell everything at once.",
  "help.danger": "If somebody is in danger right now, call the emergency number of your country.",
  "help.call": "Call {telephone}",
  "help.visit": "Website of {name}",

  "about.the-service": "the service",
  "about.title": "What can be seen from outside, and what cannot",
  "about.cannot.title": "What {name} cannot see",
  "about.cannot.messages": "What you write, and what others write to you.",
  "about.cannot.pictures": "Your pictures and videos, and what your files are called.",
  "about.cannot.names": "What your groups are called, and your reactions.",
  "about.cannot.keys": "Your keys and your recovery code. They never leave your devices.",
  "about.cannot.blur":
    "Which pictures were blurred for you, which you opened, and whom you marked as somebody you know.",
  "about.can.title": "What {name} can see",
  "about.can.account": "Your handle, the name you chose and your year of birth.",
  "about.can.who-with": "Who is in a conversation with whom, and whom you blocked.",
  "about.can.when": "When a message passes through, and from which device.",
  "about.can.size": "About how long a message is, and how large a file.",
  "about.can.devices": "Which devices you have and what you called them.",
  "about.can.address": "The internet address from which you connect, for a while.",
  "about.kept":
    "Locked messages wait there until your devices have fetched them, {count, plural, one {# day} other {# days}} at most.",
  "about.report.title": "When you report something",
  "about.report.who":
    "Only then does anybody at {name} read anything: the messages that you choose, and no others.",
  "about.report.proof":
    "Each message carries a mark made when it was sent. With it, your report proves that the message was really sent by that account, at that time, and that nobody changed it.",
  "about.report.rest":
    "The messages you keep back stay locked. It can be seen that they are missing, not what they say.",
  "about.report.others": "Other people can report what you wrote to them in the same way.",
  "about.deniability.title": "What can be proven about you",
  "about.deniability.records":
    "Nobody outside the conversation can prove what you said from our records alone, and we cannot read it.",
  "about.deniability.shown":
    "A person you wrote to can choose to show a message to us; then we can check that your device really sent it and can say so under signature, for example to police.",
  "about.deniability.proof":
    "As with any messenger of this kind (MLS), whoever receives a message holds cryptographic proof of where it came from.",
  "about.unverifiable.title": "Why a message is sometimes not shown",
  "about.unverifiable.text":
    "Before a message is shown, your device checks who sent it, that it belongs to this conversation, that its mark is right and that it follows the one before. If one of these is wrong it is not shown, because it could not be proven afterwards.",
  "about.limits.title": "What this messenger cannot promise",
  "about.limits.audit": "Its encryption library has not been examined by an independent auditor yet.",
  "about.limits.device": "Whoever can use your unlocked device can read what is on it.",
  "about.limits.handle": "A handle says nothing about who somebody is. Make sure in another way.",
} as const;
