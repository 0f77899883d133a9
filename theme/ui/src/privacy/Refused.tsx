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
  const words = wordsFor(error);
  const status = error instanceof HttpError ? error.status : 0;
  const isExpected = status === 403 || words === "privacy.underWay.refused";
  return (
    <Notice isInline component="p" variant={isExpected ? "info" : "danger"} title={t(words, { status, role: right })}>
      {words === "privacy.underWay.refused"
        ? t("privacy.underWay.refused.body")
        : error instanceof Refusal && status !== 403 && error.description}
    </Notice>
  );
};

/** Whether an erasure may be under way all the same: somebody else's, or one of which no answer came. */
export function mayBeUnderWay(error: unknown): boolean {
  return error !== undefined && ["privacy.underWay.refused", "privacy.unanswered"].includes(wordsFor(error));
}

/** What stands against it the server says in a word; a proxy may have given up what goes on behind it. */
function wordsFor(error: unknown): string {
  const status = error instanceof HttpError ? error.status : 0;
  const code = error instanceof Refusal ? error.code : undefined;
  if (status === 403) {
    return "takesRole";
  }
  if (status === 409) {
    return code === "under_way" ? "privacy.underWay.refused" : code === "held" ? "privacy.onHold" : "privacy.held";
  }
  return status === 0 || status === 502 || status === 504 ? "privacy.unanswered" : "privacy.failed";
}
