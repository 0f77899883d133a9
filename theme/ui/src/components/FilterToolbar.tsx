import { Toolbar, ToolbarContent, ToolbarGroup, ToolbarToggleGroup } from "@patternfly/react-core";
import { FilterIcon } from "@patternfly/react-icons";
import { useMemo } from "react";
import { KINDS } from "../api/types";
import { useLanguage } from "../i18n";
import type { Filters } from "../location";
import { CheckboxSelect } from "./CheckboxSelect";
import { FieldSearch } from "./FieldSearch";
import { FilterChips } from "./FilterChips";
import { OutcomeSelect } from "./OutcomeSelect";
import { OPERATIONS, RESOURCE_TYPES } from "./operations";
import { Renamed } from "./Renamed";

interface FilterToolbarProps {
  readonly filters: Filters;
  /** Whether an open entry takes half of the width. */
  readonly isNarrow: boolean;
  readonly onChange: (change: Partial<Filters>) => void;
  readonly onClear: () => void;
}

/** Everything but the time that narrows the list. It holds nothing itself: what is chosen stands in the address. */
export const FilterToolbar = ({ filters, isNarrow, onChange, onClear }: FilterToolbarProps) => {
  const { t, tOr } = useLanguage();
  const { kinds, operations, resourceTypes, outcome, fields } = filters;
  const breakpoint = isNarrow ? "2xl" : "lg";
  const names = useMemo(
    () => ({
      "Show Filters": t("filter.toggle"),
      close: t("filter.remove"),
      "Close chip group": t("filter.removeAll"),
    }),
    [t],
  );
  const several = <T extends string>(
    name: "kind" | "operation" | "resourceType",
    options: readonly T[],
    selected: readonly T[],
    change: (values: readonly T[]) => Partial<Filters>,
  ) => {
    const text = (option: T) => tOr(`${name}.${option}`, option);
    return (
      <FilterChips
        categoryName={{ key: name, name: t(`filter.${name}`) }}
        chips={selected.map((value) => ({ key: value, node: text(value) }))}
        deleteChip={(_category, removed) => onChange(change(without(selected, removed)))}
        deleteChipGroup={() => onChange(change([]))}
      >
        <CheckboxSelect
          label={t(`filter.${name}`)}
          options={[...options, ...selected.filter((value) => !options.includes(value))]}
          selected={selected}
          text={text}
          onChange={(values) => onChange(change(values))}
        />
      </FilterChips>
    );
  };
  return (
    <Renamed names={names}>
      <Toolbar
        className="keyledger-filters"
        clearAllFilters={onClear}
        clearFiltersButtonText={t("filter.clear")}
        numberOfFiltersText={(count) => t("filter.applied", { count })}
        collapseListedFiltersBreakpoint={breakpoint}
      >
        <ToolbarContent>
          <ToolbarToggleGroup toggleIcon={<FilterIcon />} breakpoint={breakpoint}>
            <FieldSearch fields={fields} onChange={(value) => onChange({ fields: value })} />
            <ToolbarGroup variant="filter-group">
              {several("kind", KINDS, kinds, (value) => ({ kinds: value }))}
              {several("operation", OPERATIONS, operations, (value) => ({ operations: value }))}
              {several("resourceType", RESOURCE_TYPES, resourceTypes, (value) => ({ resourceTypes: value }))}
              <FilterChips
                categoryName={{ key: "outcome", name: t("filter.outcome") }}
                chips={outcome ? [{ key: outcome, node: t(`outcome.${outcome}`) }] : []}
                deleteChip={() => onChange({ outcome: undefined })}
              >
                <OutcomeSelect outcome={outcome} onChange={(value) => onChange({ outcome: value })} />
              </FilterChips>
            </ToolbarGroup>
          </ToolbarToggleGroup>
        </ToolbarContent>
      </Toolbar>
    </Renamed>
  );
};

function without<T extends string>(all: readonly T[], removed: string | { readonly key: string }): readonly T[] {
  const key = typeof removed === "string" ? removed : removed.key;
  return all.filter((value) => value !== key);
}
