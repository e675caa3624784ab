import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import { useApi } from "../api/context.ts";
import type { ReviewState } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { reviewQuery } from "./queries.ts";

/** Something that a person does in the review, done only when the station has said so; its answer is the page's new state. */
export function useReviewAct<Input>(
  act: (api: Api, input: Input) => Promise<ReviewState>,
  done: (input: Input) => string,
  onDone?: () => void,
) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: async (input: Input) => await act(api, input),
    onSuccess: (state, input) => {
      queries.setQueryData(reviewQuery(api).queryKey, state);
      announce(done(input));
      onDone?.();
      void queries.invalidateQueries({ queryKey: ["review-decided"] });
    },
    onError: () => queries.invalidateQueries({ queryKey: reviewQuery(api).queryKey }),
  });
}
