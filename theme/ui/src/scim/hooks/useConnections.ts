import { useCallback } from "react";
import { useLoad } from "../../hooks/useLoad";
import { useScim } from "../ScimContext";

/** Every connection of the realm, by name; the built-in one too. */
export function useConnections() {
  const { api } = useScim();
  return useLoad(useCallback((signal: AbortSignal) => api.connections(signal), [api]));
}

/** One of them. */
export function useConnection(name: string) {
  const { api } = useScim();
  return useLoad(useCallback((signal: AbortSignal) => api.connection(name, signal), [api, name]));
}

/** Its provisioning tokens, the oldest first. */
export function useTokens(connection: string) {
  const { api } = useScim();
  return useLoad(useCallback((signal: AbortSignal) => api.tokens(connection, signal), [api, connection]));
}
