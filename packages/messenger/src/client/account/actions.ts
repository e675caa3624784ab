import { type Context, deviceOf, sessionOf } from "../context.ts";
import { fromHex } from "../encoding.ts";
import type { Messenger } from "../types.ts";
import { linkThisDevice, register } from "./enter.ts";
import { lookUp } from "./people.ts";
import { refreshMe } from "./refresh.ts";

type AccountActions = Pick<
  Messenger,
  "register" | "linkThisDevice" | "makeLinkCode" | "removeDevice" | "findPerson"
>;

/** @param begin called once this device belongs to an account */
export function accountActions(context: Context, begin: () => void): AccountActions {
  return {
    async register(person) {
      await register(context, person);
      begin();
    },
    async linkThisDevice(code, deviceName) {
      await linkThisDevice(context, code, deviceName);
      begin();
    },
    async makeLinkCode() {
      const { code, expiresAt } = await sessionOf(context).makeDeviceCode();
      return { code: `${deviceOf(context).handle}/${code}`, expiresAt };
    },
    async removeDevice(deviceId) {
      await sessionOf(context).revokeDevice(fromHex(deviceId));
      await refreshMe(context);
    },
    async findPerson(handle) {
      const account = await lookUp(context, handle.trim().toLowerCase());
      if (account === null) return null;
      const { uri, name, young, askFirst } = account;
      return { uri, handle: handle.trim().toLowerCase(), name, young, askFirst };
    },
  };
}
