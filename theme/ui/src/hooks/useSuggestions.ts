import { useEffect, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { Field } from "../location";

const PAUSE = 200;

/**
 * Names that a text may be the beginning of: of users or clients, asked for when the typing pauses. None for an admin
 * who may not see them, and none for a field that has no names.
 */
export function useSuggestions(field: Field, text: string): readonly string[] {
  const api = useApi();
  const [found, setFound] = useState<{ readonly text: string; readonly names: readonly string[] }>();
  const wanted = text.trim();
  useEffect(() => {
    const source = SOURCES[field];
    if (!source || wanted === "") {
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api[source](wanted, abort.signal).then(
        (names) => abort.signal.aborted || setFound({ text: wanted, names }),
        () => abort.signal.aborted || setFound(undefined), // a name can be typed whole
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, field, wanted]);
  return found && wanted !== "" && found.names.some((name) => name !== wanted) ? found.names : [];
}

const SOURCES: { readonly [field in Field]?: "userNames" | "clientIds" } = {
  user: "userNames",
  actor: "userNames",
  target: "userNames",
  client: "clientIds",
};
