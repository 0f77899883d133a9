import {
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarFilter,
  ToolbarGroup,
  ToolbarItem,
  ToolbarToggleGroup,
} from "@patternfly/react-core";
import { FilterIcon, SyncAltIcon } from "@patternfly/react-icons";
import { KINDS } from "../api/types";
import { useLanguage } from "../i18n";
import type { Filters } from "../location";
import { CheckboxSelect } from "./CheckboxSelect";
import { OutcomeSelect } from "./OutcomeSelect";
import { OPERATIONS } from "./operations";
import { TimeRangeFilter } from "./TimeRangeFilter";
import { UserSearch } from "./UserSearch";
import { useTimeRangeText } from "./useTimeRangeText";

interface FilterToolbarProps {
  readonly filters: Filters;
  /** Whether an open entry takes half of the width. */
  readonly isNarrow: boolean;
  readonly onChange: (change: Partial<Filters>) => void;
  readonly onClear: () => void;
  readonly onRefresh: () => void;
}

/** Everything that narrows the list. It holds nothing itself: what is chosen stands in the address. */
export const FilterToolbar = ({ filters, isNarrow, onChange, onClear, onRefresh }: FilterToolbarProps) => {
  const { t, tOr } = useLanguage();
  const { kinds, operations, outcome, user } = filters;
  const breakpoint = isNarrow ? "2xl" : "xl";
  const timeText = useTimeRangeText()(filters);
  const noTime = { range: undefined, from: undefined, to: undefined };
  const operationText = (operation: string) => tOr(`operation.${operation}`, operation);
  // PatternFly writes this label itself, and in English
  const translateToggle = (toolbar: HTMLElement | null) =>
    toolbar?.querySelector('[aria-label="Show Filters"]')?.setAttribute("aria-label", t("filter.toggle"));
  const chip = (key: string, node: string | undefined) => (node === undefined ? [] : [{ key, node }]);
  return (
    <div ref={translateToggle}>
      <Toolbar
        className="keyledger-filters"
        clearAllFilters={onClear}
        clearFiltersButtonText={t("filter.clear")}
        numberOfFiltersText={(count) => t("filter.applied", { count })}
        collapseListedFiltersBreakpoint={breakpoint}
      >
        <ToolbarContent>
          <ToolbarToggleGroup toggleIcon={<FilterIcon />} breakpoint={breakpoint}>
            <ToolbarGroup variant="filter-group">
              <ToolbarFilter
                categoryName={t("filter.user")}
                chips={chip("user", user)}
                deleteChip={() => onChange({ user: undefined })}
              >
                <UserSearch key={user} user={user} onChange={(value) => onChange({ user: value })} />
              </ToolbarFilter>
              <ToolbarFilter
                categoryName={t("filter.kind")}
                chips={kinds.map((kind) => ({ key: kind, node: t(`kind.${kind}`) }))}
                deleteChip={(_category, removed) => onChange({ kinds: without(kinds, removed) })}
                deleteChipGroup={() => onChange({ kinds: [] })}
              >
                <CheckboxSelect
                  label={t("filter.kind")}
                  options={KINDS}
                  selected={kinds}
                  text={(kind) => t(`kind.${kind}`)}
                  onChange={(value) => onChange({ kinds: value })}
                />
              </ToolbarFilter>
              <ToolbarFilter
                categoryName={t("filter.operation")}
                chips={operations.map((operation) => ({ key: operation, node: operationText(operation) }))}
                deleteChip={(_category, removed) => onChange({ operations: without(operations, removed) })}
                deleteChipGroup={() => onChange({ operations: [] })}
              >
                <CheckboxSelect
                  label={t("filter.operation")}
                  options={OPERATIONS}
                  selected={operations}
                  text={operationText}
                  onChange={(value) => onChange({ operations: value })}
                />
              </ToolbarFilter>
              <ToolbarFilter
                categoryName={t("filter.outcome")}
                chips={chip("outcome", outcome && t(`outcome.${outcome}`))}
                deleteChip={() => onChange({ outcome: undefined })}
              >
                <OutcomeSelect outcome={outcome} onChange={(value) => onChange({ outcome: value })} />
              </ToolbarFilter>
              <ToolbarFilter
                categoryName={t("filter.time")}
                chips={chip("time", timeText)}
                deleteChip={() => onChange(noTime)}
              >
                <TimeRangeFilter filters={filters} onChange={onChange} />
              </ToolbarFilter>
            </ToolbarGroup>
          </ToolbarToggleGroup>
          <ToolbarItem align={{ default: "alignRight" }}>
            <Button variant="plain" aria-label={t("refresh")} icon={<SyncAltIcon />} onClick={onRefresh} />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
    </div>
  );
};

function without<T extends string>(all: readonly T[], removed: string | { readonly key: string }): readonly T[] {
  const key = typeof removed === "string" ? removed : removed.key;
  return all.filter((value) => value !== key);
}
