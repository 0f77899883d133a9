import type { ErasureDone } from "../api/privacyTypes";
import { Notice } from "../components/Notice";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { LIST, NO_FILTERS } from "../location";

/** That somebody was erased, with the entry that says so. */
export const Erased = ({ done, href }: { readonly done: ErasureDone } & Pick<Navigation, "href">) => {
  const { t, number } = useLanguage();
  return (
    <Notice
      isInline
      component="h3"
      variant="success"
      title={t("privacy.erased", { count: number(done.entries) })}
      data-testid="keyledger-erased"
    >
      <a href={href({ ...LIST, filters: NO_FILTERS, entry: done.entry.id })}>{t("privacy.erased.entry")}</a>
    </Notice>
  );
};
