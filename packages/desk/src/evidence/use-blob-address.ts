import { useCallback } from "react";

/**
 * Gives a picture the address of a blob for as long as the picture stands on the page; then the address is revoked, and the
 * bytes cannot be reached by it any more.
 */
export function useBlobAddress(blob: Blob): (picture: HTMLImageElement | null) => (() => void) | undefined {
  return useCallback(
    (picture) => {
      if (picture === null) return undefined;
      const address = URL.createObjectURL(blob);
      picture.src = address;
      return () => {
        picture.removeAttribute("src");
        URL.revokeObjectURL(address);
      };
    },
    [blob],
  );
}
