import { FormGroup, FormHelperText, HelperText, HelperTextItem, Switch } from "@patternfly/react-core";

interface SwitchFieldProps {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Something that is on or off, with what that means. */
export const SwitchField = ({ id, label, help, isChecked, isDisabled = false, onChange }: SwitchFieldProps) => (
  <FormGroup fieldId={id}>
    <Switch
      id={id}
      label={label}
      // PatternFly hides the text beside the switch from assistive technology
      aria-label={label}
      isChecked={isChecked}
      isDisabled={isDisabled}
      aria-describedby={`${id}-help`}
      onChange={(_event, checked) => onChange(checked)}
    />
    <FormHelperText>
      <HelperText id={`${id}-help`}>
        <HelperTextItem>{help}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  </FormGroup>
);
