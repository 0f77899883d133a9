import { Alert } from "@patternfly/react-core";
import { HttpError, Refusal } from "../api/client";
import { useLanguage } from "../i18n";

/** Why something was not done; nothing where it was. */
export const Refused = ({ error }: { readonly error: unknown }) => {
  const { t } = useLanguage();
  if (error === undefined) {
    return null;
  }
  const status = error instanceof HttpError ? error.status : 0;
  const words = status === 403 ? "privacy.forbidden" : status === 409 ? "privacy.held" : "privacy.failed";
  return (
    <Alert isInline component="h3" variant={status === 403 ? "info" : "danger"} title={t(words, { status })}>
      {error instanceof Refusal && status !== 403 && error.description}
    </Alert>
  );
};
