import { Alert, type AlertProps } from "@patternfly/react-core";
import { useLanguage } from "../i18n";

/** An alert, whose severity is read out in the admin's language: PatternFly's own says it in English. */
export const Notice = (props: AlertProps) => {
  const { t } = useLanguage();
  return <Alert variantLabel={t(`severity.${props.variant}`)} {...props} />;
};
