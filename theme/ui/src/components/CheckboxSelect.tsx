import { Badge, MenuToggle, type MenuToggleElement, Select, SelectList, SelectOption } from "@patternfly/react-core";
import { type Ref, useState } from "react";

interface CheckboxSelectProps<T extends string> {
  readonly label: string;
  readonly options: readonly T[];
  readonly selected: readonly T[];
  readonly text: (option: T) => string;
  readonly onChange: (selected: readonly T[]) => void;
}

/** A menu from which any number of values is chosen. */
export const CheckboxSelect = <T extends string>({
  label,
  options,
  selected,
  text,
  onChange,
}: CheckboxSelectProps<T>) => {
  const [isOpen, setIsOpen] = useState(false);
  const toggle = (ref: Ref<MenuToggleElement>) => (
    <MenuToggle ref={ref} isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
      {label} {selected.length > 0 && <Badge isRead>{selected.length}</Badge>}
    </MenuToggle>
  );
  return (
    <Select
      isOpen={isOpen}
      isScrollable
      onOpenChange={setIsOpen}
      onSelect={(_event, value) => {
        const option = value as T;
        onChange(selected.includes(option) ? selected.filter((other) => other !== option) : [...selected, option]);
      }}
      role="menu"
      toggle={toggle}
    >
      <SelectList aria-label={label}>
        {options.map((option) => (
          <SelectOption key={option} value={option} hasCheckbox isSelected={selected.includes(option)}>
            {text(option)}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
};
