import { Divider, MenuToggle, Select, SelectGroup, SelectList, SelectOption } from "@patternfly/react-core";
import { ColumnsIcon } from "@patternfly/react-icons";
import { useState } from "react";
import type { ListView } from "../hooks/useListView";
import { useLanguage } from "../i18n";
import { COLUMNS, type Column } from "./EntryRow";

interface ViewMenuProps {
  readonly view: ListView;
  readonly onChange: (view: ListView) => void;
}

/** Which columns the list has, and how close its rows stand. */
export const ViewMenu = ({ view, onChange }: ViewMenuProps) => {
  const { t } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const toggle = (column: Column) => {
    const wanted = view.columns.includes(column)
      ? view.columns.filter((other) => other !== column)
      : COLUMNS.filter((other) => other === column || view.columns.includes(other));
    onChange({ ...view, columns: wanted });
  };
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={(_event, value) =>
        value === "spacious" ? onChange({ ...view, isSpacious: !view.isSpacious }) : toggle(value as Column)
      }
      role="menu"
      popperProps={{ position: "right" }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plain"
          aria-label={t("view.label")}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <ColumnsIcon />
        </MenuToggle>
      )}
    >
      <SelectGroup label={t("view.columns")}>
        <SelectList>
          {COLUMNS.map((column) => (
            <SelectOption
              key={column}
              value={column}
              hasCheckbox
              // the link to the entry is in it
              isDisabled={column === "time"}
              isSelected={view.columns.includes(column)}
            >
              {t(`column.${column}`)}
            </SelectOption>
          ))}
        </SelectList>
      </SelectGroup>
      <Divider />
      <SelectList>
        <SelectOption value="spacious" hasCheckbox isSelected={view.isSpacious}>
          {t("view.spacious")}
        </SelectOption>
      </SelectList>
    </Select>
  );
};
