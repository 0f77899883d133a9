import { Button, Form, FormGroup, FormSelect, FormSelectOption } from "@patternfly/react-core";
import { useState } from "react";
import { BusyButton } from "../../components/BusyButton";
import { Dialog } from "../../components/Dialog";
import { useAction } from "../../hooks/useAction";
import { useLanguage } from "../../i18n";
import type { IssuedToken, Token } from "../api/types";
import { useScim } from "../ScimContext";
import { DaysField } from "./DaysField";
import { Failure } from "./Failure";
import { TextField } from "./TextField";

/** How long the old token may live on, in hours. */
const OVERLAPS = [0, 1, 24, 72, 168, 720] as const;

interface TokenDialogProps {
  readonly connection: string;
  /** The token that gets a successor; `undefined` for a first one. */
  readonly old: Token | undefined;
  readonly onIssued: (token: IssuedToken) => void;
  readonly onClose: () => void;
}

/** Makes a token, or the successor of one. */
export const TokenDialog = ({ connection, old, onIssued, onClose }: TokenDialogProps) => {
  const { t, number } = useLanguage();
  const { api } = useScim();
  const [name, setName] = useState("");
  const [expiresInDays, setExpiresInDays] = useState(365);
  const [overlapHours, setOverlapHours] = useState(24);
  const make = useAction(async () => {
    onIssued(
      old
        ? await api.rotate(connection, old.id, overlapHours, expiresInDays)
        : await api.issue(connection, name.trim(), expiresInDays),
    );
  });
  return (
    <Dialog
      title={old ? t("scim.token.rotate.title", { name: old.name }) : t("scim.token.create")}
      description={t(old ? "scim.token.rotate.help" : "scim.token.create.help")}
      aria-label={t(old ? "scim.token.rotate" : "scim.token.create")}
      onClose={onClose}
      actions={[
        <BusyButton
          key="make"
          type="submit"
          form="keyledger-token-form"
          isLoading={make.isBusy}
          isDisabled={make.isBusy || (!old && name.trim() === "")}
        >
          {t(old ? "scim.token.rotate" : "scim.token.create")}
        </BusyButton>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>,
      ]}
    >
      <Form
        id="keyledger-token-form"
        onSubmit={(event) => {
          event.preventDefault();
          make.run();
        }}
      >
        {old ? (
          <FormGroup label={t("scim.token.overlap")} fieldId="keyledger-overlap">
            <FormSelect
              id="keyledger-overlap"
              value={overlapHours}
              onChange={(_event, value) => setOverlapHours(Number(value))}
            >
              {OVERLAPS.map((hours) => (
                <FormSelectOption
                  key={hours}
                  value={hours}
                  label={hours === 0 ? t("scim.token.overlap.none") : t("scim.token.hours", { hours: number(hours) })}
                />
              ))}
            </FormSelect>
          </FormGroup>
        ) : (
          <TextField
            id="keyledger-token-name"
            label={t("scim.token.name")}
            help={t("scim.token.name.help")}
            value={name}
            isRequired
            onChange={setName}
          />
        )}
        <DaysField id="keyledger-token-days" days={expiresInDays} onChange={setExpiresInDays} />
        <Failure error={make.error} />
      </Form>
    </Dialog>
  );
};
