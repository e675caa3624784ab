/** Line drawings of 24 by 24, made for this messenger; each stands beside or inside something that has words. */
const paths = {
  back: "M15 5l-7 7 7 7",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.600 12.600",
  check: "M5 12.500l4.500 4.500L19 7.500",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  device: "M7 3h10v18H7zM11 18h2",
  edit: "M4 20l1-4.500L15.500 5 19 8.500 8.500 19zM13.500 7L17 10.500",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  "eye-off":
    "M4 4l16 16M9.500 6c.8-.3 1.600-.5 2.500-.5 6 0 9.500 6.500 9.500 6.500a15 15 0 0 1-3 3.700M6 8a14 14 0 0 0-3.500 4S6 18.500 12 18.500c1.100 0 2.100-.2 3-.5",
  group:
    "M9 5a3.200 3.200 0 1 0 0 6.400A3.200 3.200 0 0 0 9 5zM2.500 19.500c.5-3.500 3-5.500 6.500-5.500s6 2 6.500 5.500M16 5.300a3.200 3.200 0 0 1 0 5.900M18 14.300c2 .8 3.200 2.500 3.500 5.200",
  shield: "M12 3l8 3v6c0 4.500-3.200 7.600-8 9-4.800-1.400-8-4.500-8-9V6zM12 8v5M12 16v.2",
  help: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.500v.2",
  key: "M14.500 3.500a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM10 13.500L3.500 20v1H7v-2.500h2.500V16M16 8v.2",
  leave: "M14 4H5v16h9M10 12h11M17.500 8.500L21 12l-3.500 3.500",
  lock: "M6 10.500h12V20H6zM8.500 10.500V7.500a3.500 3.500 0 0 1 7 0v3",
  more: "M5 12v.1M12 12v.1M19 12v.1",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500c.6-4 3.400-6 7.500-6s6.900 2 7.500 6",
  picture: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 5M15.500 9v.2",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6L4 12l6 6M4.500 12H14c3.500 0 6 2 6 6",
  send: "M5 12h13M12 5.500l6.500 6.500-6.500 6.500",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
  smile:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.500 14c.8 1.500 2 2.200 3.500 2.200s2.700-.7 3.500-2.200M9 9.500v.3M15 9.500v.3",
  trash: "M4.500 7h15M9.500 7V4h5v3M6.500 7l1 13.500h9l1-13.500M10.300 11v6M13.700 11v6",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
