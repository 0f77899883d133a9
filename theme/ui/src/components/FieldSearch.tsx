import { ToolbarGroup, ToolbarItem } from "@patternfly/react-core";
import { useState } from "react";
import { useLanguage } from "../i18n";
import { FIELDS, type Field, type Filters } from "../location";
import { FilterChips } from "./FilterChips";
import { SingleSelect } from "./SingleSelect";
import { SuggestingInput } from "./SuggestingInput";

interface FieldSearchProps {
  readonly fields: Filters["fields"];
  readonly onChange: (fields: Filters["fields"]) => void;
}

/** Asks for what is looked up whole: a person, a client, an address, a request. Each value becomes a chip. */
export const FieldSearch = ({ fields, onChange }: FieldSearchProps) => {
  const { t } = useLanguage();
  const [field, setField] = useState<Field>("user");
  const change = (name: Field, values: readonly string[]) => {
    const { [name]: _before, ...others } = fields;
    onChange(values.length > 0 ? { ...others, [name]: values } : others);
  };
  const input = (
    <SuggestingInput
      key={field}
      field={field}
      onEnter={(value) => change(field, [...new Set([...(fields[field] ?? []), value])])}
    />
  );
  return (
    <ToolbarGroup className="keyledger-field">
      <ToolbarItem>
        <SingleSelect
          label={t("filter.field")}
          options={FIELDS}
          selected={field}
          text={(option) => t(`filter.${option}`)}
          onChange={setField}
        />
      </ToolbarItem>
      {FIELDS.map((name) => {
        const values = fields[name] ?? [];
        return (
          <FilterChips
            key={name}
            categoryName={{ key: name, name: t(`filter.${name}`) }}
            chips={values.map((value) => ({ key: value, node: value }))}
            deleteChip={(_category, removed) => {
              const gone = typeof removed === "string" ? removed : removed.key;
              change(
                name,
                values.filter((value) => value !== gone),
              );
            }}
            deleteChipGroup={() => change(name, [])}
            showToolbarItem={name === field}
          >
            {name === field ? input : null}
          </FilterChips>
        );
      })}
    </ToolbarGroup>
  );
};
