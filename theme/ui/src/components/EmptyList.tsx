import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
} from "@patternfly/react-core";
import { BookOpenIcon, SearchIcon } from "@patternfly/react-icons";
import { useLanguage } from "../i18n";

interface EmptyListProps {
  /** Whether there might be rows without the filters. */
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

/** Instead of a table without rows. */
export const EmptyList = ({ isFiltered, onClear }: EmptyListProps) => {
  const { t } = useLanguage();
  const key = isFiltered ? "empty.filtered" : "empty";
  return (
    <EmptyState data-testid="keyledger-empty">
      <EmptyStateHeader
        titleText={t(`${key}.title`)}
        headingLevel="h2"
        icon={<EmptyStateIcon icon={isFiltered ? SearchIcon : BookOpenIcon} />}
      />
      <EmptyStateBody>{t(`${key}.body`)}</EmptyStateBody>
      {isFiltered && (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="link" onClick={onClear}>
              {t("filter.clear")}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
};
