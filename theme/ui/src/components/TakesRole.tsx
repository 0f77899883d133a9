import { Icon } from "@patternfly/react-core";
import { LockIcon } from "@patternfly/react-icons";
import type { Right } from "../api/types";
import { useLanguage } from "../i18n";

/** Beside what this admin may not do: which role it takes. */
export const TakesRole = ({ right }: { readonly right: Right }) => {
  const { t } = useLanguage();
  return (
    <p className="keyledger-muted" data-testid="keyledger-takes-role">
      <Icon isInline>
        <LockIcon />
      </Icon>{" "}
      {t("takesRole", { role: right })}
    </p>
  );
};
