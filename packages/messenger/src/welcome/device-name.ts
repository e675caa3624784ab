import { t } from "../messages/catalogue.ts";

/** A name for this device that its person will recognise in a list, from what the browser says of itself. */
export function deviceName(userAgent: string): string {
  const browser = nameIn(userAgent, [
    ["Firefox", /Firefox\//],
    ["Edge", /Edg\//],
    ["Chrome", /Chrom(?:e|ium)\//],
    ["Safari", /Safari\//],
  ]);
  const system = nameIn(userAgent, [
    ["iPhone", /iPhone/],
    ["iPad", /iPad/],
    ["Android", /Android/],
    ["Windows", /Windows/],
    ["Mac", /Mac OS X/],
    ["Linux", /Linux/],
  ]);
  if (browser === null || system === null) return system ?? browser ?? t("device.unnamed");
  return t("device.named", { browser, system });
}

function nameIn(text: string, names: readonly (readonly [string, RegExp])[]): string | null {
  return names.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
