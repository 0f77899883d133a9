import { Checkbox, FormGroup, FormHelperText, HelperText, HelperTextItem } from "@patternfly/react-core";
import { useLanguage } from "../i18n";
import { SLOTS, type Slot } from "./disclosed";

interface DiscloseFieldProps {
  readonly disclosed: readonly Slot[];
  readonly onChange: (disclosed: readonly Slot[]) => void;
}

/** Which private parts a bundle tells; what it holds back is proven all the same. */
export const DiscloseField = ({ disclosed, onChange }: DiscloseFieldProps) => {
  const { t } = useLanguage();
  return (
    <FormGroup role="group" label={t("export.disclose")} fieldId="keyledger-disclose" isStack>
      {SLOTS.map((slot) => (
        <Checkbox
          key={slot}
          id={`keyledger-disclose-${slot}`}
          label={t(`export.disclose.${slot}`)}
          isChecked={disclosed.includes(slot)}
          onChange={(_event, isChecked) =>
            onChange(SLOTS.filter((one) => (one === slot ? isChecked : disclosed.includes(one))))
          }
        />
      ))}
      <FormHelperText>
        <HelperText>
          <HelperTextItem>{t("export.disclose.help")}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
};
