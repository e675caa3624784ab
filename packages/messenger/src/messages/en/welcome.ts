/** The ways in: a new account, another device, a backup. */
export const welcome = {
  "welcome.title": "Talk to your people",
  "welcome.lead":
    "What you write here is locked on your device and opened only on theirs. Nobody in between can read it.",
  "welcome.lead-named":
    "What you write here is locked on your device and opened only on theirs. Nobody in between can read it, {hub} included.",
  "welcome.make": "Make an account",
  "welcome.make-text": "A name and a handle. It takes a minute.",
  "welcome.link": "I already have an account",
  "welcome.link-text": "Add this device with a code from one you use already.",
  "welcome.restore": "I have a backup",
  "welcome.restore-text": "Bring your messages back with your recovery code.",
  "welcome.about": "What can be seen from outside, and what cannot",

  "make.title": "Make an account",
  "make.name": "What should people call you?",
  "make.name-hint": "A first name or a nickname. People you talk to see it.",
  "make.handle": "Choose a handle",
  "make.handle-hint":
    "People find you by it. Small letters, numbers and dashes, for example river-otter. It is safer not to use your full name.",
  "make.handle-short": "At least two letters or numbers.",
  "make.handle-wrong": "Only small letters, numbers and dashes, and no dash at either end.",
  "make.year": "Which year were you born?",
  "make.year-hint":
    "We ask for one reason: people under 18 start with safer settings, such as blurred pictures from people they do not know. Other people\u2019s devices are told only whether you are under 18, never the year.",
  "make.year-wrong": "Write the year with four numbers, such as 2010.",
  "make.keys": "Your keys are made on this device and stay on it. There is no password to remember.",
  "make.do": "Make my account",
  "make.busy": "Making your keys",

  "link.title": "Add this device",
  "link.step-open": "On a device you use already, open Settings.",
  "link.step-code": "Choose \u201cAdd another device\u201d. It shows a code.",
  "link.step-type": "Type that code here.",
  "link.code": "The code",
  "link.name": "A name for this device",
  "link.name-hint": "So that you know it in your list of devices. The people you talk to do not see it.",
  "link.older": "New messages come here from now on. For older ones, restore a backup afterwards.",
  "link.do": "Add this device",
  "link.busy": "Adding this device",

  "restore.title": "Bring your messages back",
  "restore.first":
    "A backup holds your messages. To open it, this device has to belong to your account first.",
  "restore.first-link": "Add this device with a code from another one",
  "restore.then": "Then come back to Settings and choose \u201cBring messages back\u201d.",
  "restore.no-device":
    "If you no longer have any device of yours, nobody can open the account for you: nobody else has its keys. Make a new account and tell your people about it.",
  "restore.code": "Your recovery code",
  "restore.code-hint": "The groups of letters and numbers that you wrote down. Spaces do not matter.",
  "restore.do": "Bring them back",
  "restore.busy": "Opening your backup",
  "restore.done": "Your messages are back",
  "restore.found":
    "{messages, plural, one {# message} other {# messages}} in {rooms, plural, one {# conversation} other {# conversations}}. They can still be reported.",
  "restore.to-rooms": "Go to your conversations",
} as const;
