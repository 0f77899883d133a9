import { Icon } from "@patternfly/react-core";
import { ExclamationCircleIcon } from "@patternfly/react-icons";
import { useLanguage } from "../../i18n";
import { causeOf, parseRefusal } from "../explain";

/** Why a request was refused, in words; what the other side was told; and what to do about it. */
export const FailureExplained = ({ error }: { readonly error: string }) => {
  const { t } = useLanguage();
  const refused = parseRefusal(error);
  const cause = causeOf(refused);
  return (
    <div data-testid="keyledger-explained">
      <Icon isInline status="danger">
        <ExclamationCircleIcon />
      </Icon>{" "}
      <strong>{t(`scim.explain.${cause}`)}</strong>
      <div>{t(`scim.explain.${cause}.hint`)}</div>
      <div className="keyledger-mono keyledger-muted">
        {[refused.status, refused.scimType, refused.detail].filter(Boolean).join(" ")}
      </div>
    </div>
  );
};
