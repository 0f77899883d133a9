import { ClipboardCopy, FormGroup } from "@patternfly/react-core";
import { copyText } from "../../components/copyText";
import { useLanguage } from "../../i18n";

interface PasteValueProps {
  /** The field's name on the other side. */
  readonly label: string;
  readonly value: string;
  readonly testId?: string;
}

/** A value to carry to the other side, with a button that copies it. */
export const PasteValue = ({ label, value, testId }: PasteValueProps) => {
  const { t } = useLanguage();
  return (
    <FormGroup label={label} role="group" data-testid={testId}>
      <ClipboardCopy
        isReadOnly
        textAriaLabel={label}
        hoverTip={t("copy")}
        clickTip={t("copied")}
        onCopy={(_event, text) => void copyText(String(text))}
      >
        {value}
      </ClipboardCopy>
    </FormGroup>
  );
};
