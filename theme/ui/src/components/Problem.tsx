import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
} from "@patternfly/react-core";
import { ExclamationCircleIcon, LockIcon } from "@patternfly/react-icons";
import { HttpError } from "../api/client";
import { useLanguage } from "../i18n";

interface ProblemProps {
  /** Before the keys of the texts, for a page that is not the log's: `scim.`. */
  readonly texts?: string;
  readonly error: unknown;
  /** Left out where trying again is of no use. */
  readonly onRetry?: () => void;
}

/** Says what went wrong: a lack of the right in a friendly way, all else with a button that tries again. */
export const Problem = ({ texts = "", error, onRetry }: ProblemProps) => {
  const { t } = useLanguage();
  const status = error instanceof HttpError ? error.status : 0;
  if (isForbidden(error)) {
    return (
      <EmptyState data-testid="keyledger-forbidden">
        <EmptyStateHeader
          titleText={t(`${texts}forbidden.title`)}
          headingLevel="h2"
          icon={<EmptyStateIcon icon={LockIcon} />}
        />
        <EmptyStateBody>{t(`${texts}forbidden.body`)}</EmptyStateBody>
      </EmptyState>
    );
  }
  return (
    <EmptyState role="alert" data-testid="keyledger-error">
      <EmptyStateHeader
        titleText={t(`${texts}error.title`)}
        headingLevel="h2"
        icon={<EmptyStateIcon icon={ExclamationCircleIcon} color="var(--pf-v5-global--danger-color--100)" />}
      />
      <EmptyStateBody>{status === 0 ? t("error.body.network") : t("error.body", { status })}</EmptyStateBody>
      {onRetry && (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={onRetry}>{t("error.retry")}</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
};

/** Whether the answer was that this admin lacks the right. */
export function isForbidden(error: unknown): boolean {
  return error instanceof HttpError && error.status === 403;
}
