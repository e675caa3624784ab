export { type BrowserOptions, openInBrowser } from "./browser.ts";
export { MessengerError, type MessengerErrorCode } from "./error.ts";
export { type MessengerPorts, openMessenger } from "./messenger.ts";
export type * from "./report/types.ts";
export type * from "./state.ts";
export type * from "./types.ts";
