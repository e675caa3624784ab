import type { PreferenceStore } from "./preferences.ts";

/** Keeps the root element's `data-theme` in step with the person's choice; the style sheet does the rest. */
export function applyTheme(preferences: PreferenceStore, root: HTMLElement): void {
  const apply = () => {
    root.dataset["theme"] = preferences.get().theme;
  };
  apply();
  preferences.subscribe(apply);
}
