import type { TaskView } from "../api/shapes.ts";
import type { TaskAct } from "./use-task-act.ts";

type Trouble =
  | NonNullable<TaskView["effects"][number]["trouble"]>
  | "none"
  | "incomplete"
  | "keeping"
  | "erasing"
  | "erasing-stuck"
  | "format-burst"
  | "bank";

/** What stands in the way of a task, as the one that has waited longest has it. */
export function troubleOf({ what, effects, bank }: Pick<TaskView, "what" | "effects" | "bank">): Trouble {
  if (what === "incomplete" || what === "format-burst") return what;
  if (bank !== undefined) return "bank";
  if (what === "refused") return "refused";
  if (what === "keeping-ends") return "keeping";
  if (what === "erasing-waits") return "erasing";
  if (what === "erasing-stands-still") return "erasing-stuck";
  return effects[0]?.trouble ?? "none";
}

/** What can be done about an open task, the likeliest first. */
export function actsOn({
  what,
  kind,
  mine,
  bursts,
}: Pick<TaskView, "what" | "kind" | "mine" | "bursts">): TaskAct["kind"][] {
  const owning: TaskAct["kind"][] = mine ? ["hand-on"] : ["take-over", "hand-on"];
  if (what === "incomplete") return ["close", ...owning];
  // It ends by itself when every report in it is decided about.
  if (what === "keeping-ends" || what === "erasing-waits" || what === "erasing-stands-still") return owning;
  // While it is on, the station closes nothing of it.
  if (what === "format-burst")
    return bursts.some(({ state }) => state === "on") ? owning : ["close", ...owning];
  // It ends by itself when hashes come again.
  if (kind === "fetch-hashes") return ["retry", ...owning];
  if (what === "refused" && kind === "refer") return ["correct", "retry", "elsewhere", ...owning];
  return ["retry", "elsewhere", ...owning];
}
