/** Hands a blob to the browser's own download; its address is gone as soon as the browser has taken it. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = safeName(name);
  link.click();
  URL.revokeObjectURL(address);
}

/** A sender's file name may be a path or a trick; only its harmless characters name the saved file. */
export function safeName(name: string): string {
  const harmless = name.replace(/[^\w.-]+/g, "_").slice(-100);
  return harmless.replace(/^[._-]+/, "") || "evidence";
}
