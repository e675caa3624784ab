import sharp from "sharp";
import { expectations, pictureFile } from "../../src/pdq/testing/reference.ts";

/** 2.5 megapixels. */
const [WIDTH, HEIGHT] = [1936, 1292];

/** A mosaic of the reference's pictures, twelve of them over 1936 by 1292, as a JPEG of quality 85, 4:2:0. */
export async function mosaic(options: { readonly progressive: boolean }): Promise<Buffer> {
  const files = (await expectations())
    .map(({ file }) => file)
    .filter((file) => !file.includes("misc") && !file.includes("shrink-a-lot") && !file.includes("128"));
  const [wide, high] = [WIDTH / 4, Math.ceil(HEIGHT / 3)];
  const tiles = await Promise.all(
    files.slice(0, 12).map(async (file, at) => ({
      input: await sharp(await pictureFile(file))
        .resize(wide, high, { fit: "cover" })
        .png()
        .toBuffer(),
      left: (at % 4) * wide,
      top: Math.min(Math.floor(at / 4) * high, HEIGHT - high),
    })),
  );
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: "#667788" } })
    .composite(tiles)
    .jpeg({ quality: 85, chromaSubsampling: "4:2:0", progressive: options.progressive })
    .toBuffer();
}
