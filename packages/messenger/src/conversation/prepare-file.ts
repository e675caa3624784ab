import type { OutgoingFile } from "../client/types.ts";

/** The longest side of a picture as it is sent; more than any screen shows. */
const LONGEST = 4096;
/** The longest side of the small picture that is shown in the conversation. */
const SMALL = 640;
/** These are drawn anew, which leaves the place and the camera behind. Moving pictures cannot be. */
const redrawn = new Set(["image/jpeg", "image/png", "image/webp", "image/avif", "image/heic", "image/heif"]);

export interface PreparedFile extends Omit<OutgoingFile, "caption"> {
  /** What a camera wrote into the picture, such as the place, was taken off. */
  readonly isRedrawn: boolean;
}

/** Makes a chosen file ready to be sent: pictures without what the camera wrote into them, and a small one to show. */
export async function prepareFile(file: File): Promise<PreparedFile> {
  const plain = { blob: file, name: file.name, thumbnail: null, isRedrawn: false };
  if (file.type.startsWith("video/")) return { ...plain, thumbnail: await frameOf(file).catch(() => null) };
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml") return plain;
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return plain;
  try {
    const thumbnail = await draw(picture, SMALL, "image/jpeg", 0.8);
    if (!redrawn.has(file.type)) return { ...plain, thumbnail };
    const type = file.type === "image/png" ? "image/png" : "image/jpeg";
    const blob = await draw(picture, LONGEST, type, 0.9);
    return { blob, name: renamed(file.name, type), thumbnail, isRedrawn: true };
  } finally {
    picture.close();
  }
}

async function draw(
  source: ImageBitmap | HTMLVideoElement,
  longest: number,
  type: "image/jpeg" | "image/png",
  quality: number,
): Promise<Blob> {
  const [width, height] =
    source instanceof ImageBitmap ? [source.width, source.height] : [source.videoWidth, source.videoHeight];
  const scale = Math.min(1, longest / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser cannot draw a picture");
  if (type === "image/jpeg") {
    context.fillStyle = "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("this browser cannot store a picture")) : resolve(blob)),
      type,
      quality,
    );
  });
}

/** The first frame of a video. */
async function frameOf(file: File): Promise<Blob> {
  const address = URL.createObjectURL(file);
  const video = document.createElement("video");
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = "auto";
    const ready = new Promise((resolve, reject) => {
      video.addEventListener("loadeddata", resolve, { once: true });
      video.addEventListener("error", () => reject(new Error("this browser cannot play the video")), {
        once: true,
      });
    });
    video.src = address;
    await ready;
    return await draw(video, SMALL, "image/jpeg", 0.8);
  } finally {
    video.removeAttribute("src");
    URL.revokeObjectURL(address);
  }
}

function renamed(name: string, type: "image/jpeg" | "image/png"): string {
  const ending = type === "image/png" ? ".png" : ".jpg";
  return /\.(?:jpe?g|png)$/i.test(name) ? name : `${name.replace(/\.[^.]*$/, "")}${ending}`;
}
