import { Skeleton, Title } from "@patternfly/react-core";
import { HttpError } from "../api/client";
import type { ResourceState } from "../api/types";
import { useLogStatus } from "../hooks/LogStatus";
import { useResourceStates } from "../hooks/useResourceState";
import { useLanguage } from "../i18n";
import type { Resource } from "../location";
import { AttributeDiff } from "./AttributeDiff";
import { AttributeTable } from "./AttributeTable";
import { Notice } from "./Notice";
import { Problem } from "./Problem";

interface StateViewProps {
  readonly resource: Resource;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The other moment, if two are compared. */
  readonly than: number | undefined;
}

/** The resource as it was at a moment, or what had changed from one moment to another. */
export const StateView = ({ resource, at, than }: StateViewProps) => {
  const { t, time } = useLanguage();
  const [load, retry] = useResourceStates(resource, at, than);
  if (load.state === "failed" && load.error instanceof HttpError && load.error.status === 404) {
    return <Notice isInline isPlain component="p" variant="info" title={t("history.empty.body")} />;
  }
  if (load.state === "failed") {
    return <Problem error={load.error} onRetry={retry} />;
  }
  if (!load.value) {
    return <Skeleton height="8rem" screenreaderText={t("loading")} />;
  }
  const { first, second } = load.value;
  const title = second
    ? t("history.between", { from: time(first.at), to: time(second.at) })
    : t("history.as", { time: time(first.at) });
  return (
    <section className="keyledger-section" data-testid="keyledger-state">
      <Title headingLevel="h3" size="lg">
        {title}
      </Title>
      <Remarks states={second ? [first, second] : [first]} />
      {second ? (
        <AttributeDiff
          label={title}
          before={first.attributes}
          after={second.attributes}
          beforeTitle={time(first.at)}
          afterTitle={time(second.at)}
        />
      ) : (
        <AttributeTable label={title} attributes={first.attributes} />
      )}
    </section>
  );
};

/** What must be known of a state beside its attributes. */
const Remarks = ({ states }: { readonly states: readonly ResourceState[] }) => {
  const { t, time } = useLanguage();
  const isPruned = (useLogStatus()?.minIndex ?? 0) > 0;
  const gone = states.filter(({ exists }) => !exists);
  return (
    <>
      {gone.map(({ at }) => (
        <Notice key={at} isInline isPlain variant="info" title={t("history.gone", { time: time(at) })} />
      ))}
      {states.some(({ complete, exists }) => exists && !complete) && (
        <Notice
          isInline
          isPlain
          variant="warning"
          title={t(isPruned ? "history.incomplete.pruned" : "history.incomplete")}
        />
      )}
    </>
  );
};
