import { eventually, type Running, start } from "./command.ts";

/** What `fairlead sandbox` prints when it is ready. */
export interface Ready {
  base: string;
  username: string;
  password: string;
  desk: string;
}

interface AfterHook {
  after(cleanUp: () => Promise<void>): void;
}

/** Starts `fairlead sandbox` as a process of its own; it is stopped after the test. */
export async function startSandbox(
  hook: AfterHook,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ ready: Ready; running: Running }> {
  const running = start(hook, ["sandbox", "--json", ...args], env);
  const line = await running.until("stdout", /^\{.*\}\n/);
  return { ready: JSON.parse(line) as Ready, running };
}

/** The sandbox's desk, as a browser with the link sees it. */
export interface Desk {
  queue(): Promise<string[]>;
  report(id: string): Promise<DeskReport>;
}

/** What the tests look at on a report's page. */
export interface DeskReport {
  report: { persons: unknown[]; references: unknown[] };
  evidence: Array<{ id: string; sha256: string; present: boolean }>;
}

/** Signs in with the printed link. */
export async function signIn({ desk }: Ready): Promise<Desk> {
  const { origin, hash } = new URL(desk);
  const response = await postToken(desk);
  const cookie = response.headers.get("set-cookie")?.split(";", 1)[0];
  if (!response.ok || cookie === undefined)
    throw new Error(`the link ${hash.slice(0, 4)}… answered ${response.status}`);
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${origin}${path}`, { headers: { cookie, "x-fairlead-desk": "1" } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return await answer.json();
  };
  const queue = async (): Promise<string[]> => {
    const page = (await get("/api/queue?status=new&limit=100")) as { entries: Array<{ id: string }> };
    return page.entries.map((entry) => entry.id);
  };
  return { queue, report: async (id) => (await get(`/api/reports/${id}`)) as DeskReport };
}

/** Uses a sign-in link as the desk's page does. */
export async function postToken(link: string): Promise<Response> {
  const { origin, hash } = new URL(link);
  return await fetch(`${origin}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: hash.slice(1) }),
  });
}

/** Waits until so many reports stand in the queue. */
export async function queueOf(desk: Desk, count: number): Promise<string[]> {
  return await eventually(async () => {
    const ids = await desk.queue();
    return ids.length >= count ? ids : undefined;
  });
}
