import { Button } from "./button.tsx";

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  label: string;
}

/** The next page of a list, when somebody asks for it. */
export function MorePages({ query, label }: Props) {
  if (!query.hasNextPage) return null;
  return (
    <p className="more">
      <Button onPress={() => void query.fetchNextPage()} isDisabled={query.isFetchingNextPage}>
        {label}
      </Button>
    </p>
  );
}
