import { MenuToggle, type MenuToggleElement, Select, SelectList, SelectOption } from "@patternfly/react-core";
import { type Ref, useState } from "react";

interface SingleSelectProps<T extends string> {
  readonly label: string;
  readonly options: readonly T[];
  readonly selected: T;
  readonly text: (option: T) => string;
  readonly onChange: (selected: T) => void;
}

/** A menu from which one value is chosen. */
export const SingleSelect = <T extends string>({ label, options, selected, text, onChange }: SingleSelectProps<T>) => {
  const [isOpen, setIsOpen] = useState(false);
  const toggle = (ref: Ref<MenuToggleElement>) => (
    <MenuToggle
      ref={ref}
      isExpanded={isOpen}
      aria-label={`${label}: ${text(selected)}`}
      onClick={() => setIsOpen(!isOpen)}
    >
      {text(selected)}
    </MenuToggle>
  );
  return (
    <Select
      isOpen={isOpen}
      selected={selected}
      onOpenChange={setIsOpen}
      onSelect={(_event, value) => {
        setIsOpen(false);
        onChange(value as T);
      }}
      toggle={toggle}
    >
      <SelectList aria-label={label}>
        {options.map((option) => (
          <SelectOption key={option} value={option}>
            {text(option)}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
};
