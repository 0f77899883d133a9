import { Label } from "@patternfly/react-core";
import { CheckCircleIcon, PauseCircleIcon } from "@patternfly/react-icons";
import { useLanguage } from "../../i18n";

/** Whether the connection serves or has every request come again later. */
export const ConnectionState = ({ isPaused }: { readonly isPaused: boolean }) => {
  const { t } = useLanguage();
  return (
    <Label isCompact color={isPaused ? "orange" : "green"} icon={isPaused ? <PauseCircleIcon /> : <CheckCircleIcon />}>
      {t(isPaused ? "scim.state.paused" : "scim.state.active")}
    </Label>
  );
};
