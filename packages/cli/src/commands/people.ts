import {
  addPerson,
  newSignInLink,
  openDatabaseOf,
  profiles,
  readConfig,
  StationError,
} from "@fairlead/station";
import { Command } from "commander";
import { openOutput } from "../output.ts";

/** `fairlead people`: who works at a station, and their one-time sign-in links. */
export function peopleCommand(): Command {
  const people = new Command("people").description("add people to a station and make one-time sign-in links");
  people
    .command("add")
    .description("add a person and print their sign-in link (used once, gone after 24 hours)")
    .requiredOption("--config <file>", "the station's configuration")
    .requiredOption("--name <name>", "their name as colleagues see it")
    .requiredOption("--role <role>", "what they may do; see `fairlead people roles`")
    .option("--json", "print one JSON line")
    .action(async (options: { config: string; name: string; role: string; json?: boolean }) => {
      const config = await readConfig(options.config);
      const { roles } = profiles[config.station.profile];
      if (!roles.includes(options.role))
        throw new StationError(
          "config.invalid",
          `A ${config.station.profile} has no role "${options.role}".`,
          {
            audience: "operator",
            remedy: `Its roles are: ${roles.join(", ")}.`,
          },
        );
      await using opened = await openDatabaseOf(config);
      const db = opened.db;
      const person = await addPerson(db.kysely, options.name, options.role, Date.now());
      const link = `${config.publicUrl}/sign-in#${await newSignInLink(db.kysely, person.id, Date.now())}`;
      openOutput(options.json === true).result({ ...person, link }, [
        `${person.name} (${person.role}): ${link}`,
      ]);
    });
  people
    .command("link")
    .description("make a new sign-in link for somebody who is there already")
    .requiredOption("--config <file>", "the station's configuration")
    .requiredOption("--name <name>", "their name")
    .option("--json", "print one JSON line")
    .action(async (options: { config: string; name: string; json?: boolean }) => {
      const config = await readConfig(options.config);
      await using opened = await openDatabaseOf(config);
      const db = opened.db;
      const person = await db.kysely
        .selectFrom("person")
        .select(["id", "name", "role"])
        .where("name", "=", options.name)
        .where("disabled_at", "is", null)
        .executeTakeFirst();
      if (person === undefined)
        throw new StationError("not-found", `Nobody at this station is called "${options.name}".`, {
          remedy: "Add them with `fairlead people add`.",
        });
      const link = `${config.publicUrl}/sign-in#${await newSignInLink(db.kysely, person.id, Date.now())}`;
      openOutput(options.json === true).result({ ...person, link }, [
        `${person.name} (${person.role}): ${link}`,
      ]);
    });
  people
    .command("roles")
    .description("list the roles of each kind of station")
    .option("--json", "print one JSON line")
    .action((options: { json?: boolean }) => {
      const roles = Object.fromEntries(Object.values(profiles).map((profile) => [profile.id, profile.roles]));
      openOutput(options.json === true).result(
        roles,
        Object.entries(roles).map(([profile, names]) => `${profile}: ${names.join(", ")}`),
      );
    });
  return people;
}
