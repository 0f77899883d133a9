import { ActionGroup, Button, Form, Skeleton } from "@patternfly/react-core";
import { useState } from "react";
import { BusyButton } from "../../components/BusyButton";
import { useLanguage } from "../../i18n";
import type { Kind, Policy } from "../api/types";
import { ChoiceField } from "./ChoiceField";
import { DaysField } from "./DaysField";
import { Failure } from "./Failure";
import { TextField } from "./TextField";

/** What the second step asks for. */
export interface ConnectAnswers {
  readonly displayName: string;
  readonly name: string;
  readonly existing: Policy["existing"];
  readonly expiresInDays: number;
}

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

interface ConnectFormProps {
  readonly kind: Kind;
  /** The names that the realm has; `undefined` until they are known. */
  readonly taken: readonly string[] | undefined;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly backHref: string;
  readonly onSubmit: (answers: ConnectAnswers) => void;
}

/** Name and first rules of a new connection. */
export const ConnectForm = ({ kind, taken, isBusy, error, backHref, onSubmit }: ConnectFormProps) => {
  const { t } = useLanguage();
  const [displayName, setDisplayName] = useState(kind === "generic" ? "" : t(`scim.kind.${kind}`));
  const [typedName, setTypedName] = useState<string>();
  const [existing, setExisting] = useState<Policy["existing"]>("refuse");
  const [expiresInDays, setExpiresInDays] = useState(365);
  if (!taken) {
    return <Skeleton height="20rem" screenreaderText={t("loading")} />;
  }
  const name = typedName ?? freeName(kind === "generic" ? displayName : kind, taken);
  const problem = taken.includes(name)
    ? t("scim.name.taken")
    : typedName !== undefined && !NAME.test(name)
      ? t("scim.name.invalid")
      : undefined;
  return (
    <Form
      isWidthLimited
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ displayName: displayName.trim(), name, existing, expiresInDays });
      }}
    >
      <TextField
        id="keyledger-display-name"
        label={t("scim.displayName")}
        help={t("scim.displayName.help")}
        value={displayName}
        isRequired
        onChange={setDisplayName}
      />
      <TextField
        id="keyledger-name"
        label={t("scim.name")}
        help={t("scim.name.help")}
        problem={problem}
        value={name}
        isRequired
        onChange={setTypedName}
      />
      <ChoiceField
        id="keyledger-existing"
        label={t("scim.policy.existing")}
        options={["refuse", "adopt"]}
        selected={existing}
        text={(option) => t(`scim.policy.existing.${option}`)}
        help={(option) => t(`scim.policy.existing.${option}.help`)}
        onChange={setExisting}
      />
      <DaysField id="keyledger-lifetime" days={expiresInDays} onChange={setExpiresInDays} />
      <Failure error={error} />
      <ActionGroup>
        <BusyButton
          type="submit"
          isLoading={isBusy}
          isDisabled={isBusy || problem !== undefined || !NAME.test(name) || displayName.trim() === ""}
          data-testid="keyledger-create"
        >
          {t("scim.connect.create")}
        </BusyButton>
        <Button variant="link" component="a" href={backHref}>
          {t("scim.back")}
        </Button>
      </ActionGroup>
    </Form>
  );
};

/** A name like that one that no connection has. */
function freeName(like: string, taken: readonly string[]): string {
  const base = like
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 36);
  let name = base;
  for (let at = 2; taken.includes(name); at++) {
    name = `${base}-${at}`;
  }
  return name;
}
