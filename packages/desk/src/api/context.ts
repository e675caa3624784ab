import { createContext, useContext } from "react";
import type { Api } from "./client.ts";

const ApiContext = createContext<Api | undefined>(undefined);
export const ApiProvider = ApiContext.Provider;

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === undefined) throw new Error("the desk's pages stand inside ApiProvider");
  return api;
}
