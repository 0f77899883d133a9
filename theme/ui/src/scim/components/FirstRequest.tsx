import { Button, Spinner } from "@patternfly/react-core";
import { useCallback } from "react";
import { Notice } from "../../components/Notice";
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

/** What is to be seen of the other side so far. */
interface Signs {
  readonly hasArrived: boolean;
  /** The status of a request that was refused; `null` while there is none. */
  readonly refusal: number | null;
}

/** Waits until the other side has used its token, and says so the moment it has. */
export const FirstRequest = ({ connection, token }: FirstRequestProps) => {
  const language = useLanguage();
  const { t } = language;
  const { api } = useScim();
  const { href } = usePlace();
  const { value: signs, error } = usePoll(
    useCallback(
      async (signal: AbortSignal): Promise<Signs> => {
        const [tokens, activity] = await Promise.all([
          api.tokens(connection, signal),
          api.activity(connection, signal).catch(() => undefined),
        ]);
        return { hasArrived: isUsed(tokens, token), refusal: activity?.lastError ? activity.lastStatus : null };
      },
      [api, connection, token],
    ),
    useCallback(({ hasArrived }: Signs) => hasArrived, []),
  );
  return (
    <div aria-live="polite" className="keyledger-section" data-testid="keyledger-first-request">
      {signs?.hasArrived ? (
        <Notice
          component="p"
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
        </Notice>
      ) : (
        <>
          <Notice
            component="p"
            isInline
            variant="info"
            customIcon={<Spinner size="md" aria-hidden="true" />}
            title={t("scim.first.waiting.title")}
          >
            {error === undefined
              ? t("scim.first.waiting.body")
              : t("scim.first.error", { reason: reasonOf(error, language) })}
          </Notice>
          <Refused status={signs?.refusal} />
        </>
      )}
    </div>
  );
};

/** A request that was refused before it could sign in, most likely with another token than this. */
const Refused = ({ status }: { readonly status: number | null | undefined }) => {
  const { t } = useLanguage();
  return status ? (
    <Notice
      component="p"
      isInline
      variant="warning"
      title={t("scim.first.refused.title", { status })}
      className="keyledger-section"
      data-testid="keyledger-first-refused"
    >
      {t("scim.first.refused.body")}
    </Notice>
  ) : null;
};

function isUsed(tokens: readonly Token[], id: string): boolean {
  return tokens.some((token) => token.id === id && token.lastUsed !== null);
}
