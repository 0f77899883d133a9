import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly help?: string;
  /** What is wrong with the value; stands in place of the help. */
  readonly problem?: string | undefined;
  readonly type?: "text" | "number" | "url";
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (value: string) => void;
}

/** One line of text with what it is for. */
export const TextField = (props: TextFieldProps) => {
  const { id, label, value, help, problem, type = "text", isRequired = false, isDisabled = false, onChange } = props;
  const hint = problem ?? help;
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      <TextInput
        id={id}
        type={type}
        value={value}
        isRequired={isRequired}
        isDisabled={isDisabled}
        validated={problem ? "error" : "default"}
        {...(hint && { "aria-describedby": `${id}-help` })}
        onChange={(_event, text) => onChange(text)}
      />
      {hint && (
        <FormHelperText>
          <HelperText id={`${id}-help`} {...(problem && { isLiveRegion: true })}>
            <HelperTextItem variant={problem ? "error" : "default"}>{hint}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
};
