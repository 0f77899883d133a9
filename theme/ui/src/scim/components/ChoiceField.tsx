import { FormGroup, Radio } from "@patternfly/react-core";

interface ChoiceFieldProps<T extends string> {
  readonly id: string;
  readonly label: string;
  readonly options: readonly T[];
  readonly selected: T;
  readonly text: (option: T) => string;
  /** What the option means, in a sentence. */
  readonly help: (option: T) => string;
  readonly isDisabled?: boolean;
  readonly onChange: (selected: T) => void;
}

/** One of a few choices, each with what it means. */
export const ChoiceField = <T extends string>(props: ChoiceFieldProps<T>) => {
  const { id, label, options, selected, text, help, isDisabled = false, onChange } = props;
  return (
    <FormGroup role="radiogroup" label={label} fieldId={id} isStack>
      {options.map((option) => (
        <Radio
          key={option}
          id={`${id}-${option}`}
          name={id}
          label={text(option)}
          description={help(option)}
          isChecked={option === selected}
          isDisabled={isDisabled}
          onChange={() => onChange(option)}
        />
      ))}
    </FormGroup>
  );
};
