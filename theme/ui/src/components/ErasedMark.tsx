import { useLanguage } from "../i18n";

interface ErasedMarkProps {
  /** The index of the entry that says so; `null` while that has none. */
  readonly by: number | null;
  readonly href: (entry: string) => string;
}

/** In place of what was erased, and the way to the entry that says so. */
export const ErasedMark = ({ by, href }: ErasedMarkProps) => {
  const { t } = useLanguage();
  return by === null ? (
    <em>{t("erased")}</em>
  ) : (
    <a href={href(String(by))} className="keyledger-erased" aria-label={t("erased.link", { index: by })}>
      {t("erased")}
    </a>
  );
};
