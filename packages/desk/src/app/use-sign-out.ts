import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";

/** Ends the session at the station, then leaves by a full page load: nothing of what was read stays in memory. */
export function useSignOut() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.call("DELETE /api/session", {}),
    onSuccess: () => {
      queries.clear();
      window.location.assign("/sign-in");
    },
  });
}
