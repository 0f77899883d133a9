import { ToolbarFilter, type ToolbarFilterProps } from "@patternfly/react-core";
import { useLanguage } from "../i18n";

/** A filter and its chips, of which those beyond the third are folded, in the admin's language. */
export const FilterChips = (props: Omit<ToolbarFilterProps, "ref">) => {
  const { t } = useLanguage();
  return (
    <ToolbarFilter
      // biome-ignore lint/suspicious/noTemplateCurlyInString: PatternFly writes the number there
      chipGroupCollapsedText={t("filter.more", { remaining: "${remaining}" })}
      chipGroupExpandedText={t("filter.less")}
      {...props}
    />
  );
};
