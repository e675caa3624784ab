import type { HubApi, HubEvent, HubSession, Inbox, MessageEvent } from "../hub/api.ts";

/** A hub that hands a device something else than it should. */
export function dishonest(api: HubApi, change: (real: HubSession) => Partial<HubSession>): HubApi {
  return {
    ...api,
    signedIn(device) {
      const real = api.signedIn(device);
      const changed = change(real);
      return new Proxy(real, {
        get: (target, name, receiver) =>
          (Reflect.get(changed, name) as unknown) ?? (Reflect.get(target, name, receiver) as unknown),
      });
    },
  };
}

/** The inbox as a hub would alter it. */
export function alteredInbox(api: HubApi, alter: (inbox: Inbox) => Inbox): HubApi {
  return dishonest(api, (real) => ({
    inbox: async (after, wait, signal) => alter(await real.inbox(after, wait, signal)),
  }));
}

/** Each message as a hub would alter it; its place in the inbox stays. */
export function alteredMessages(api: HubApi, alter: (message: MessageEvent) => MessageEvent): HubApi {
  return alteredInbox(api, (inbox) => ({
    ...inbox,
    events: inbox.events.map(
      (event): HubEvent => (event.kind === "message" ? { ...event, ...alter(event) } : event),
    ),
  }));
}
