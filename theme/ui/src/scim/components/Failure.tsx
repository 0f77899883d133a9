import { HttpError, Refusal } from "../../api/client";
import { Notice } from "../../components/Notice";
import { type Language, useLanguage } from "../../i18n";

/** Why something that was set going failed, beside where it was; nothing where it did not. */
export const Failure = ({ error }: { readonly error: unknown }) => {
  const language = useLanguage();
  return error === undefined ? null : (
    <Notice component="p" isInline variant="danger" title={language.t("scim.failed")} className="keyledger-section">
      <span className="keyledger-long">{reasonOf(error, language)}</span>
    </Notice>
  );
};

/** What the server says about it; else its status. */
export function reasonOf(error: unknown, { t }: Language): string {
  if (error instanceof Refusal && error.description) {
    return error.description;
  }
  const status = error instanceof HttpError ? error.status : 0;
  return status === 0 ? t("error.body.network") : t("error.body", { status });
}
