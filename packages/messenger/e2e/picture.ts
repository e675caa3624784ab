import type { Page } from "playwright-core";

const DRAW = `(() => {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  context.fillStyle = "#cfe3f5";
  context.fillRect(0, 0, 640, 480);
  context.fillStyle = "#2b6cb0";
  context.beginPath();
  context.moveTo(320, 60);
  context.lineTo(470, 240);
  context.lineTo(320, 420);
  context.lineTo(170, 240);
  context.fill();
  return canvas.toDataURL("image/jpeg").split(",")[1];
})()`;

/**
 * A JPEG of a blue kite, with a comment in it as cameras write them.
 *
 * @param page any page: its browser draws it
 */
export async function kite(page: Page, comment: string): Promise<Buffer> {
  const jpeg = Buffer.from(String(await page.evaluate(DRAW)), "base64");
  const text = Buffer.from(comment);
  // A comment segment right after the start of the image (ITU-T T.81, B.2.4.5); its length counts its own two bytes.
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}
