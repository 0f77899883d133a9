import { Button, ExpandableSection, Form } from "@patternfly/react-core";
import { useState } from "react";
import { BusyButton } from "../../components/BusyButton";
import { useAction } from "../../hooks/useAction";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection, type ConnectionSettings } from "../api/types";
import { useScim } from "../ScimContext";
import { Failure } from "./Failure";
import { TextField } from "./TextField";

interface OwnPlacesProps {
  readonly connection: Connection;
  readonly onSave: (settings: ConnectionSettings) => Promise<void>;
}

/** In which user attributes this connection keeps what the others keep elsewhere. */
export const OwnPlaces = ({ connection, onSave }: OwnPlacesProps) => {
  const { t } = useLanguage();
  const { page } = useScim();
  const [scim, setScim] = useState("");
  const [keycloak, setKeycloak] = useState("");
  const { attributes = {}, ...others } = connection;
  const save = useAction(async (changed: Readonly<Record<string, string>>) => {
    await onSave(Object.keys(changed).length > 0 ? { ...others, attributes: changed } : others);
  });
  if (connection.name === BUILT_IN || page.manageConnections === false) {
    return null;
  }
  return (
    <ExpandableSection toggleText={t("scim.places")} className="keyledger-section">
      <p>{t("scim.places.body")}</p>
      {Object.entries(attributes).map(([name, attribute]) => (
        <div key={name} className="keyledger-actions">
          <span className="keyledger-mono">{`${name} → ${attribute}`}</span>
          <Button
            variant="link"
            isDanger
            isDisabled={save.isBusy}
            aria-label={t("scim.places.remove.of", { name })}
            onClick={() => {
              const { [name]: _gone, ...rest } = attributes;
              save.run(rest);
            }}
          >
            {t("scim.places.remove")}
          </Button>
        </div>
      ))}
      <Form
        className="keyledger-section"
        onSubmit={(event) => {
          event.preventDefault();
          save.run({ ...attributes, [scim.trim()]: keycloak.trim() });
        }}
      >
        <TextField
          id="keyledger-place-scim"
          label={t("scim.places.scim")}
          help={t("scim.places.scim.help")}
          value={scim}
          onChange={setScim}
        />
        <TextField
          id="keyledger-place-keycloak"
          label={t("scim.places.keycloak")}
          value={keycloak}
          onChange={setKeycloak}
        />
        <Failure error={save.error} />
        <div className="keyledger-actions">
          <BusyButton
            type="submit"
            variant="secondary"
            isLoading={save.isBusy}
            isDisabled={save.isBusy || scim.trim() === "" || keycloak.trim() === ""}
          >
            {t("scim.places.add")}
          </BusyButton>
        </div>
      </Form>
    </ExpandableSection>
  );
};
