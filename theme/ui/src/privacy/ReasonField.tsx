import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea } from "@patternfly/react-core";
import { useId } from "react";
import { useLanguage } from "../i18n";

interface ReasonFieldProps {
  readonly value: string;
  /** What to mind when writing it. */
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}

/** Why something is done about a person. */
export const ReasonField = ({ value, hint, onChange }: ReasonFieldProps) => {
  const { t } = useLanguage();
  const id = useId();
  return (
    <FormGroup label={t("privacy.reason")} isRequired fieldId={id}>
      <TextArea
        id={id}
        isRequired
        maxLength={1000}
        resizeOrientation="vertical"
        value={value}
        {...(hint && { "aria-describedby": `${id}-hint` })}
        onChange={(_event, text) => onChange(text)}
      />
      {hint && (
        <FormHelperText>
          <HelperText id={`${id}-hint`}>
            <HelperTextItem>{hint}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
};
