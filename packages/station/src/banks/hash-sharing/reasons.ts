/** Why somebody may disagree with an entry of this station's, with ids that never change. */
export const REASONS = [
  {
    guid: "5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b01",
    name: "The hash is of something else than the source says",
  },
  { guid: "5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b02", name: "The classification is not right" },
  {
    guid: "5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b03",
    name: "The hash matches harmless pictures, such as plain ones",
  },
] as const;
