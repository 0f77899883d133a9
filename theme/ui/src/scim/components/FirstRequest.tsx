import { Alert, Button, Spinner } from "@patternfly/react-core";
import { useCallback } from "react";
import { useLanguage } from "../../i18n";
import type { Token } from "../api/types";
import { usePlace } from "../hooks/usePlace";
import { usePoll } from "../hooks/usePoll";
import { useScim } from "../ScimContext";
import { reasonOf } from "./Failure";

interface FirstRequestProps {
  readonly connection: string;
  /** The id of the token that the other side signs in with. */
  readonly token: string;
}

/** Waits until the other side has used its token, and says so the moment it has. */
export const FirstRequest = ({ connection, token }: FirstRequestProps) => {
  const language = useLanguage();
  const { t } = language;
  const { api } = useScim();
  const { href } = usePlace();
  const { value: tokens, error } = usePoll(
    useCallback((signal: AbortSignal) => api.tokens(connection, signal), [api, connection]),
    useCallback((known: readonly Token[]) => isUsed(known, token), [token]),
  );
  const hasArrived = tokens !== undefined && isUsed(tokens, token);
  return (
    <div aria-live="polite" className="keyledger-section" data-testid="keyledger-first-request">
      {hasArrived ? (
        <Alert
          isInline
          variant="success"
          title={t("scim.first.received.title")}
          data-testid="keyledger-received"
          actionLinks={
            <Button
              variant="link"
              isInline
              component="a"
              href={href({ view: "connection", name: connection, tab: "activity" })}
            >
              {t("scim.first.received.link")}
            </Button>
          }
        >
          {t("scim.first.received.body")}
        </Alert>
      ) : (
        <Alert
          isInline
          variant="info"
          customIcon={<Spinner size="md" aria-hidden="true" />}
          title={t("scim.first.waiting.title")}
        >
          {error === undefined
            ? t("scim.first.waiting.body")
            : t("scim.first.error", { reason: reasonOf(error, language) })}
        </Alert>
      )}
    </div>
  );
};

function isUsed(tokens: readonly Token[], id: string): boolean {
  return tokens.some((token) => token.id === id && token.lastUsed !== null);
}
