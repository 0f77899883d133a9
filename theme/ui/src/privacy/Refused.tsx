import { HttpError, Refusal } from "../api/client";
import type { Right } from "../api/types";
import { Notice } from "../components/Notice";
import { useLanguage } from "../i18n";

interface RefusedProps {
  readonly error: unknown;
  /** The role that it takes. */
  readonly right?: Right;
}

/** Why something was not done; nothing where it was. */
export const Refused = ({ error, right = "audit-erase" }: RefusedProps) => {
  const { t } = useLanguage();
  if (error === undefined) {
    return null;
  }
  const status = error instanceof HttpError ? error.status : 0;
  const words = status === 403 ? "takesRole" : status === 409 ? "privacy.held" : "privacy.failed";
  return (
    <Notice
      isInline
      component="h3"
      variant={status === 403 ? "info" : "danger"}
      title={t(words, { status, role: right })}
    >
      {error instanceof Refusal && status !== 403 && error.description}
    </Notice>
  );
};
