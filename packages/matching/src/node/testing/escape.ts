import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { writeMessage } from "../message.ts";

// A program that stands for a decoder that was taken over: tries what such a one would try, and says what succeeded.

const [secret = "", port = ""] = process.argv.slice(2);
const tries: Record<string, () => unknown> = {
  "read a file": () => readFileSync(secret),
  "read the list of users": () => readFileSync("/etc/passwd"),
  "write a file": () => writeFileSync(`${secret}.new`, "x"),
  "start a program": () => {
    if (spawnSync("true").error !== undefined) throw new Error("not started");
  },
};

const done = Object.keys(tries).filter((name) => {
  try {
    tries[name]?.();
    return true;
  } catch {
    return false;
  }
});
const variables = Object.keys(process.env).filter((name) => name !== "PATH" && name !== "TZ");
const connected = await new Promise<boolean>((resolve) => {
  const socket = connect(Number(port), "127.0.0.1", () => resolve(true));
  socket.on("error", () => resolve(false));
});
writeMessage(process.stdout, [...done, ...variables, ...(connected ? ["connect"] : [])]);
process.exit();
