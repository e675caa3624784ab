import { useEffect, useState } from "react";
import { useMessenger } from "../app/messenger-context.tsx";

export type OpenedFile =
  | { readonly kind: "closed" | "opening" }
  | { readonly kind: "open"; readonly address: string }
  | { readonly kind: "failed"; readonly error: unknown };

/** What a picture or video may be shown as. A type that its sender chose is never handed to the browser as it is. */
const pictures = new Set(["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"]);
const videos = new Set(["video/mp4", "video/webm", "video/quicktime"]);

export type FileKind = "picture" | "video" | "other";

export function fileKind(contentType: string): FileKind {
  const type = plainType(contentType);
  if (pictures.has(type)) return "picture";
  return videos.has(type) ? "video" : "other";
}

function plainType(contentType: string): string {
  return contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/**
 * A file of a message, opened while it is wanted. Its address is good as long as the component stands.
 *
 * @param wanted false leaves it closed: nothing is fetched and no clock starts
 */
export function useFile(
  roomId: string,
  messageKey: string,
  file: { readonly root: string; readonly contentType: string } | null,
  wanted: boolean,
): OpenedFile {
  const messenger = useMessenger();
  const [found, setFound] = useState<{ root: string; opened: OpenedFile } | null>(null);
  const root = file?.root ?? null;
  const type =
    file === null || fileKind(file.contentType) === "other"
      ? "application/octet-stream"
      : plainType(file.contentType);
  useEffect(() => {
    if (!wanted || root === null) return undefined;
    let address: string | undefined;
    let isGone = false;
    const open = async (): Promise<OpenedFile> => {
      try {
        const blob = new Blob([await messenger.openFile(roomId, messageKey, root)], { type });
        if (isGone) return { kind: "closed" };
        address = URL.createObjectURL(blob);
        return { kind: "open", address };
      } catch (error) {
        return { kind: "failed", error };
      }
    };
    void open().then((opened) => isGone || setFound({ root, opened }));
    return () => {
      isGone = true;
      setFound(null);
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [messenger, roomId, messageKey, root, type, wanted]);
  if (!wanted || root === null) return { kind: "closed" };
  return found?.root === root ? found.opened : { kind: "opening" };
}
