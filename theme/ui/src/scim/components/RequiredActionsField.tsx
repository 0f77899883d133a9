import { Checkbox, FormGroup, FormHelperText, HelperText, HelperTextItem, Skeleton } from "@patternfly/react-core";
import { useCallback } from "react";
import { useLoad } from "../../hooks/useLoad";
import { useLanguage } from "../../i18n";
import { useScim } from "../ScimContext";

interface RequiredActionsFieldProps {
  readonly selected: readonly string[];
  readonly isDisabled: boolean;
  readonly onChange: (selected: readonly string[]) => void;
}

/** What a new user has to do at the first login, from what the realm has switched on. */
export const RequiredActionsField = ({ selected, isDisabled, onChange }: RequiredActionsFieldProps) => {
  const { t } = useLanguage();
  const { api } = useScim();
  const [actions] = useLoad(useCallback((signal: AbortSignal) => api.requiredActions(signal), [api]));
  const known = actions.state === "ready" ? actions.value.filter(({ enabled }) => enabled) : [];
  // one that the realm has switched off meanwhile must be seen to be taken away
  const gone = selected
    .filter((alias) => !known.some((action) => action.alias === alias))
    .map((alias) => ({ alias, name: alias }));
  return (
    <FormGroup role="group" fieldId="keyledger-actions" label={t("scim.policy.requiredActions")} isStack>
      <HelperText>
        <HelperTextItem>{t("scim.policy.requiredActions.help")}</HelperTextItem>
      </HelperText>
      {actions.state === "loading" && <Skeleton width="12rem" screenreaderText={t("loading")} />}
      {actions.state === "failed" && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem variant="warning">{t("scim.policy.requiredActions.unknown")}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
      {[...known, ...gone].map(({ alias, name }) => (
        <Checkbox
          key={alias}
          id={`keyledger-action-${alias}`}
          label={name}
          isChecked={selected.includes(alias)}
          isDisabled={isDisabled}
          onChange={(_event, isChecked) =>
            onChange(isChecked ? [...selected, alias] : selected.filter((other) => other !== alias))
          }
        />
      ))}
    </FormGroup>
  );
};
