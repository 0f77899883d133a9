import { Icon, Skeleton } from "@patternfly/react-core";
import { ExclamationCircleIcon } from "@patternfly/react-icons";
import type { Load } from "../../hooks/useLoad";
import { useLanguage } from "../../i18n";
import type { Vitals } from "../hooks/useVitals";

interface VitalSignProps {
  readonly vitals: Load<Vitals>;
}

/** When a request came last. */
export const LastActivity = ({ vitals }: VitalSignProps) => {
  const { t, ago, exactTime } = useLanguage();
  if (vitals.state === "loading") {
    return <Skeleton width="6rem" />;
  }
  const time = vitals.state === "ready" ? vitals.value.lastActivity : undefined;
  return typeof time === "number" ? (
    <span title={exactTime(time)}>{ago(Math.min(time, Date.now()), Date.now())}</span>
  ) : (
    <span className="keyledger-muted">{t(time === null ? "scim.activity.never" : "unknown")}</span>
  );
};

/** How many requests were refused in the last 24 hours. */
export const ErrorCount = ({ vitals }: VitalSignProps) => {
  const { t, number } = useLanguage();
  if (vitals.state === "loading") {
    return <Skeleton width="3rem" />;
  }
  const { errors, hasMoreErrors } = vitals.state === "ready" ? vitals.value : {};
  if (!errors) {
    return <span className="keyledger-muted">{errors === 0 ? number(0) : t("unknown")}</span>;
  }
  return (
    <span className="keyledger-nowrap">
      <Icon isInline status="danger">
        <ExclamationCircleIcon />
      </Icon>{" "}
      {hasMoreErrors ? t("scim.errors.more", { count: number(errors) }) : number(errors)}
    </span>
  );
};
