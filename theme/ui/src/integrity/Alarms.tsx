import { Notice } from "../components/Notice";
import { useLanguage } from "../i18n";
import type { Alarm } from "./alarms";

/** The alarms in plain words, each with what to do; or that there is none. */
export const Alarms = ({ alarms }: { readonly alarms: readonly Alarm[] }) => {
  const { t, number } = useLanguage();
  const isWell = alarms.every(({ severity }) => severity === "info");
  return (
    <div className="keyledger-alarms" data-testid="keyledger-alarms">
      {isWell && (
        <Notice isInline component="h2" variant="success" title={t("alarm.none")}>
          {t("alarm.none.do")}
        </Notice>
      )}
      {alarms.map(({ name, severity, detail, count }) => (
        <Notice
          key={name + detail}
          isInline
          component="h2"
          variant={severity}
          data-alarm={name}
          title={t(`alarm.${name}`, { count: number(count ?? 0) })}
        >
          {detail && <p className="keyledger-mono">{detail}</p>}
          <p>{t(`alarm.${name}.do`)}</p>
        </Notice>
      ))}
    </div>
  );
};
