/** The frame around every page, and what any page may say. */
export const app = {
  "app.page-title": "{page} - Messages",
  "app.skip": "Skip to the conversation",
  "app.opening": "Opening your messages",
  "app.elsewhere.title": "Your messages are open in another tab",
  "app.elsewhere.text": "They can be open in one place at a time, so that nothing gets mixed up.",
  "app.elsewhere.here": "Use them here",
  "app.unfit.title": "This browser cannot keep your messages safe",
  "app.unfit.text":
    "It lacks the locks or the storage that the messenger needs, or they are switched off, as in some private windows. Try another browser or a newer one.",
  "app.removed.title": "This device was taken off your account",
  "app.removed.text":
    "Another of your devices did it. What is here can still be read and reported. If it was not you, write to the people you trust from another device, then report it.",
  "app.removed.wipe": "Forget everything here and start again",

  "common.back": "Back",
  "common.close": "Close",
  "common.cancel": "Cancel",
  "common.not-now": "Not now",
  "common.copy": "Copy",
  "common.copied": "Copied.",
  "common.got-it": "Got it",
  "common.save": "Save",

  "connection.connecting": "Connecting",
  "connection.offline": "No connection. What you write waits here and goes out later.",
  "connection.waiting":
    "{count, plural, one {# message is waiting to go out} other {# messages are waiting to go out}}",

  "people.you": "You",
  "people.and": "{first} and {second}",
  "people.and-more": "{first}, {second} and {count, plural, one {# other} other {# others}}",

  "device.unnamed": "A browser",
  "device.named": "{browser} on {system}",

  "field.optional": "{label} (if you like)",
  "field.missing": "Fill this in to go on.",

  "time.today": "Today",
  "time.yesterday": "Yesterday",
  "time.day-and-time": "{day} at {time}",
  "time.weeks": "{count, plural, one {# week} other {# weeks}}",
  "time.days": "{count, plural, one {# day} other {# days}}",
  "time.hours": "{count, plural, one {# hour} other {# hours}}",
  "time.minutes": "{count, plural, one {# minute} other {# minutes}}",
  "time.seconds": "{count, plural, one {# second} other {# seconds}}",

  "error.title": "That did not work",
  "error.unknown": "Something went wrong. What you wrote is still here. Try again in a moment.",
} as const;
