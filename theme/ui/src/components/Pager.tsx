import { Button } from "@patternfly/react-core";
import { AngleDoubleLeftIcon, AngleLeftIcon, AngleRightIcon } from "@patternfly/react-icons";
import { useLanguage } from "../i18n";

interface PagerProps {
  readonly count: number | undefined;
  /** The cursor of the older page; `null` on the oldest. */
  readonly next: string | null;
  readonly trail: readonly string[];
  readonly onMove: (trail: readonly string[]) => void;
}

/** Moves by cursors, so that a page stays what it is while new entries arrive; hence no page numbers. */
export const Pager = ({ count, next, trail, onMove }: PagerProps) => {
  const { t } = useLanguage();
  if (trail.length === 0 && next === null) {
    return null;
  }
  return (
    <nav className="keyledger-pager" aria-label={t("page.label")}>
      {count !== undefined && <span className="keyledger-muted">{t("page.count", { count })}</span>}
      <Button
        variant="plain"
        aria-label={t("page.newest")}
        icon={<AngleDoubleLeftIcon />}
        isDisabled={trail.length === 0}
        onClick={() => onMove([])}
      />
      <Button
        variant="secondary"
        icon={<AngleLeftIcon />}
        isDisabled={trail.length === 0}
        onClick={() => onMove(trail.slice(0, -1))}
      >
        {t("page.newer")}
      </Button>
      <Button
        variant="secondary"
        icon={<AngleRightIcon />}
        iconPosition="end"
        isDisabled={next === null}
        onClick={() => next !== null && onMove([...trail, next])}
      >
        {t("page.older")}
      </Button>
    </nav>
  );
};
