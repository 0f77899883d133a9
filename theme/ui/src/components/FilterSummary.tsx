import { useLanguage } from "../i18n";
import { FIELDS, type Filters, isFiltered } from "../location";
import { useTimeRangeText } from "./useTimeRangeText";

/** The filters in words, for where they cannot be changed. */
export const FilterSummary = ({ filters }: { readonly filters: Filters }) => {
  const { t, tOr } = useLanguage();
  const time = useTimeRangeText()(filters);
  const { kinds, operations, resourceTypes, outcome, fields } = filters;
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ["time", time ? [time] : []],
    ["kind", kinds.map((kind) => t(`kind.${kind}`))],
    ["operation", operations.map((operation) => tOr(`operation.${operation}`, operation))],
    ["resourceType", resourceTypes.map((type) => tOr(`resourceType.${type}`, type))],
    ["outcome", outcome ? [t(`outcome.${outcome}`)] : []],
    ...FIELDS.map((field) => [field, fields[field] ?? []] as const),
  ];
  if (!isFiltered(filters)) {
    return <p>{t("export.everything")}</p>;
  }
  return (
    <dl className="keyledger-facts">
      {lines
        .filter(([, values]) => values.length > 0)
        .map(([name, values]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{t(`filter.${name}`)}</dt>
            <dd className="keyledger-long">{values.join(", ")}</dd>
          </div>
        ))}
    </dl>
  );
};
