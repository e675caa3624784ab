import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { useAnnounce } from "../app/announcer.tsx";
import { useMe, useMessenger } from "../app/messenger-context.tsx";
import { useNavigation } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { TextInput } from "../ui/fields.tsx";
import { Page } from "../ui/page.tsx";
import { asHandle, handleProblem } from "../welcome/person-fields.ts";
import { type FoundPerson, PeopleChips } from "./people-chips.tsx";

/** Somebody to talk to, by their handle; more than one make a group. */
export function NewRoomPage() {
  const messenger = useMessenger();
  const navigation = useNavigation();
  const [people, setPeople] = useState<readonly FoundPerson[]>([]);
  const [name, setName] = useState("");
  const isGroup = people.length > 1;
  const start = useAction(async () => {
    const roomId = await messenger.createRoom({
      handles: people.map(({ handle }) => handle),
      name: isGroup && name.trim() !== "" ? name.trim() : null,
    });
    navigation.go({ page: "room", roomId }, "replace");
  });
  return (
    <Page title={t("new.title")} back={{ to: { page: "rooms" }, label: t("common.back") }}>
      <FindPerson
        taken={people}
        onFound={(person) => setPeople((all) => [...all, person])}
        isFirst={people.length === 0}
      />
      {people.length > 0 && (
        <Form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            start.run();
          }}
        >
          <PeopleChips
            people={people}
            onRemove={(uri) => setPeople((all) => all.filter((person) => person.uri !== uri))}
          />
          {isGroup && (
            <TextInput
              label={t("new.group-name")}
              hint={t("new.group-name-hint")}
              value={name}
              onChange={setName}
              maxLength={60}
            />
          )}
          <ErrorNotice error={start.error} />
          <div className="buttons">
            <Button look="primary" type="submit" isDisabled={start.isBusy}>
              {isGroup ? t("new.start-group", { count: people.length }) : t("new.start")}
            </Button>
          </div>
        </Form>
      )}
    </Page>
  );
}

interface FindProps {
  taken: readonly FoundPerson[];
  onFound: (person: FoundPerson) => void;
  isFirst: boolean;
}

/** Looks a handle up and hands on who has it. */
export function FindPerson({ taken, onFound, isFirst }: FindProps) {
  const messenger = useMessenger();
  const me = useMe();
  const announce = useAnnounce();
  const [handle, setHandle] = useState("");
  const [problem, setProblem] = useState<string>();
  const find = useAction(async () => {
    setProblem(undefined);
    if (handle === me.handle) return setProblem(t("new.yourself"));
    const person = await messenger.findPerson(handle);
    if (person === null) return setProblem(t("new.nobody", { handle }));
    if (!taken.some(({ uri }) => uri === person.uri)) onFound(person);
    announce(t("new.found", { name: person.name }));
    setHandle("");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find.run();
  };
  return (
    <Form className="form" onSubmit={submit}>
      <TextInput
        label={isFirst ? t("new.handle") : t("new.another")}
        hint={isFirst ? t("new.handle-hint") : t("new.another-hint")}
        value={handle}
        onChange={(text) => setHandle(asHandle(text))}
        isRequired
        isCode
        maxLength={32}
        problem={handleProblem}
      />
      {problem !== undefined && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <ErrorNotice error={find.error} />
      <div className="buttons">
        <Button look={isFirst ? "primary" : "plain"} type="submit" isDisabled={find.isBusy}>
          {t("new.find")}
        </Button>
      </div>
    </Form>
  );
}
