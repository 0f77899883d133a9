import { Button, type ButtonProps } from "@patternfly/react-core";
import { useLanguage } from "../i18n";

/** A button that shows when it is at work, and says so in the admin's language: PatternFly's own spinner speaks English. */
export const BusyButton = (props: ButtonProps) => {
  const { t } = useLanguage();
  return <Button spinnerAriaLabel={t("loading")} spinnerAriaValueText={t("loading")} {...props} />;
};
