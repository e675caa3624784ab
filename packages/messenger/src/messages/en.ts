import { app } from "./en/app.ts";
import { conversation } from "./en/conversation.ts";
import { errors } from "./en/errors.ts";
import { report } from "./en/report.ts";
import { rooms } from "./en/rooms.ts";
import { safety } from "./en/safety.ts";
import { settings } from "./en/settings.ts";
import { welcome } from "./en/welcome.ts";

/** Every word that a person reads in the messenger, in British English and ICU message syntax. */
export const en = {
  ...app,
  ...welcome,
  ...rooms,
  ...conversation,
  ...report,
  ...safety,
  ...settings,
  ...errors,
} as const;
