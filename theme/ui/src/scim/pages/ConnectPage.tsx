import { Button, PageSection } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { Problem } from "../../components/Problem";
import { useAction } from "../../hooks/useAction";
import { useLanguage } from "../../i18n";
import { type Connection, type IssuedToken, type Kind, titleOf } from "../api/types";
import { type ConnectAnswers, ConnectForm } from "../components/ConnectForm";
import { ConnectSteps } from "../components/ConnectSteps";
import { FirstRequest } from "../components/FirstRequest";
import { KindChoice } from "../components/KindChoice";
import { PasteValues } from "../components/PasteValues";
import { ScimHeading, TITLE_ID } from "../components/ScimHeading";
import { useConnections } from "../hooks/useConnections";
import { usePlace } from "../hooks/usePlace";
import { useScim } from "../ScimContext";

/** What the second step has made; the token is still missing where making it failed. */
interface Made {
  readonly connection: Connection;
  readonly token?: IssuedToken;
}

/** The wizard: who is on the other side, how the connection is called, and what to paste there. */
export const ConnectPage = ({ kind }: { readonly kind: Kind | undefined }) => {
  const { t } = useLanguage();
  const { href } = usePlace();
  const { api } = useScim();
  const [connections, reload] = useConnections();
  const [made, setMade] = useState<Made>();
  const create = useAction(async ({ displayName, name, existing, expiresInDays }: ConnectAnswers) => {
    const connection =
      made?.connection ?? (await api.put(name, { kind: kind ?? "generic", displayName, policy: { existing } }));
    setMade({ connection });
    const token = await api.issue(
      connection.name,
      `${displayName} ${new Date().getFullYear()}`.slice(0, 255),
      expiresInDays,
    );
    setMade({ connection, token });
  });
  const step = made?.token ? 2 : kind ? 1 : 0;
  useEffect(() => {
    if (step === 2) {
      document.getElementById(TITLE_ID)?.focus();
    }
  }, [step]);
  if (connections.state === "failed") {
    return <Problem texts="scim." error={connections.error} onRetry={reload} />;
  }
  return (
    <>
      <ScimHeading
        isBelowList
        title={made?.token ? titleOf(made.connection) : t(kind ? `scim.connect.${kind}` : "scim.connect.title")}
      />
      <PageSection variant="light">
        <ConnectSteps current={step} />
        {made?.token ? (
          <>
            <PasteValues connection={made.connection} token={made.token.token} />
            <FirstRequest connection={made.connection.name} token={made.token.id} />
            <div className="keyledger-actions keyledger-section">
              <Button
                variant="secondary"
                component="a"
                href={href({ view: "connection", name: made.connection.name, tab: "overview" })}
              >
                {t("scim.connect.done")}
              </Button>
            </div>
          </>
        ) : kind ? (
          <ConnectForm
            key={kind}
            kind={kind}
            taken={
              connections.state === "ready"
                ? connections.value.map(({ name }) => name).filter((name) => name !== made?.connection.name)
                : undefined
            }
            isBusy={create.isBusy}
            error={create.error}
            backHref={href({ view: "connect" })}
            onSubmit={create.run}
          />
        ) : (
          <KindChoice />
        )}
      </PageSection>
    </>
  );
};
