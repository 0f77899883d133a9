import { Icon, Skeleton } from "@patternfly/react-core";
import { ExclamationCircleIcon } from "@patternfly/react-icons";
import { useLanguage } from "../../i18n";
import type { Usage } from "../hooks/useUsage";

interface VitalSignProps {
  readonly usage: Usage;
}

/** When a request came last. */
export const LastActivity = ({ usage }: VitalSignProps) => <When usage={usage} member="lastRequest" />;

/** When one failed last. */
export const LastError = ({ usage }: VitalSignProps) => <When usage={usage} member="lastError" />;

const When = ({ usage, member }: VitalSignProps & { readonly member: "lastRequest" | "lastError" }) => {
  const { t, ago, exactTime } = useLanguage();
  if (usage === "loading") {
    return <Skeleton width="6rem" />;
  }
  const text = usage?.[member];
  if (!text) {
    return <span className="keyledger-muted">{t(usage ? "scim.activity.never" : "unknown")}</span>;
  }
  const time = Date.parse(text);
  // the server's clock may be ahead of the browser's
  return <span title={exactTime(time)}>{ago(Math.min(time, Date.now()), Date.now())}</span>;
};

/** How many requests came in the last 24 hours. */
export const RequestCount = ({ usage }: VitalSignProps) => {
  const { t, number } = useLanguage();
  if (usage === "loading") {
    return <Skeleton width="3rem" />;
  }
  return usage ? <span>{number(usage.requests)}</span> : <span className="keyledger-muted">{t("unknown")}</span>;
};

/** How many of them failed. */
export const ErrorCount = ({ usage }: VitalSignProps) => {
  const { t, number } = useLanguage();
  if (usage === "loading") {
    return <Skeleton width="3rem" />;
  }
  if (!usage?.errors) {
    return <span className="keyledger-muted">{usage ? number(0) : t("unknown")}</span>;
  }
  return (
    <span className="keyledger-nowrap">
      <Icon isInline status="danger">
        <ExclamationCircleIcon />
      </Icon>{" "}
      {number(usage.errors)}
    </span>
  );
};
