import { Button, Switch } from "@patternfly/react-core";
import type { LiveTail } from "../hooks/useLiveTail";
import { useLanguage } from "../i18n";

interface LiveSwitchProps {
  readonly isOn: boolean;
  readonly tail: LiveTail;
  readonly onChange: (isOn: boolean) => void;
  /** Shows those that wait. */
  readonly onShow: () => void;
}

/** Switches the live tail, and says how it stands. */
export const LiveSwitch = ({ isOn, tail: { state, waiting }, onChange, onShow }: LiveSwitchProps) => {
  const { t, number } = useLanguage();
  return (
    <div className="keyledger-live" data-testid="keyledger-live" data-state={isOn ? state : "off"}>
      <span role="status" className="keyledger-muted">
        {isOn && waiting > 0 ? (
          <Button variant="link" isInline onClick={onShow}>
            {t("live.waiting", { count: number(waiting) })}
          </Button>
        ) : (
          isOn && state !== "off" && t(`live.${state}`)
        )}
      </span>
      <Switch
        label={t("live.label")}
        isChecked={isOn}
        isReversed
        onChange={(_event, checked) => onChange(checked)}
        ouiaId="keyledger-live"
      />
    </div>
  );
};
