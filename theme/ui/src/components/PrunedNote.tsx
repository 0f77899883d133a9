import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { LIST, type TimeRange } from "../location";
import { usePruned } from "../retention/usePruned";
import { Notice } from "./Notice";

interface PrunedNoteProps extends Pick<Navigation, "href"> {
  readonly time: TimeRange;
}

/** At the end of a list: that older entries are in the archives, where some are and the time asked for reaches back to them. */
export const PrunedNote = ({ time, href }: PrunedNoteProps) => {
  const { t, number } = useLanguage();
  const below = usePruned(time);
  if (below === undefined) {
    return null;
  }
  return (
    <Notice
      isInline
      component="p"
      variant="info"
      className="keyledger-note"
      title={t("pruned.title", { index: number(below) })}
      data-testid="keyledger-pruned-note"
    >
      {t("pruned.body")} <a href={href({ ...LIST, section: "privacy" })}>{t("pruned.link")}</a>
    </Notice>
  );
};
