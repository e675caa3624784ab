import { t } from "../messages/catalogue.ts";
import { IconButton } from "../ui/button.tsx";
import { Face } from "../ui/face.tsx";

export interface FoundPerson {
  readonly uri: string;
  readonly handle: string;
  readonly name: string;
}

/** The people chosen so far, each to be taken off again. */
export function PeopleChips({
  people,
  onRemove,
}: {
  people: readonly FoundPerson[];
  onRemove: (uri: string) => void;
}) {
  return (
    <ul className="chips" aria-label={t("new.chosen")}>
      {people.map(({ uri, handle, name }) => (
        <li key={uri} className="chip">
          <Face seed={uri} name={name} />
          <span className="chip-words">
            <bdi>{name}</bdi>
            <span className="hint">@{handle}</span>
          </span>
          <IconButton icon="close" label={t("new.take-off", { name })} onPress={() => onRemove(uri)} />
        </li>
      ))}
    </ul>
  );
}
