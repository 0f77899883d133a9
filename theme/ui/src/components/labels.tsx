import { Icon, Label, Tooltip } from "@patternfly/react-core";
import { CheckCircleIcon, ExclamationCircleIcon, InProgressIcon } from "@patternfly/react-icons";
import type { Actor, EntrySummary, Target } from "../api/types";
import { type Language, useLanguage } from "../i18n";

const COLORS: Readonly<Record<string, "green" | "blue" | "orange">> = {
  CREATE: "green",
  UPDATE: "blue",
  DELETE: "orange",
};

/** The operation in the admin's words, or as the log writes it where we have no word for it. */
export const OperationLabel = ({ operation }: { readonly operation: string }) => {
  const { tOr } = useLanguage();
  return (
    <Label isCompact color={COLORS[operation] ?? "grey"} textMaxWidth="32ch">
      {tOr(`operation.${operation}`, operation)}
    </Label>
  );
};

/** Success or failure, by sign and word. */
export const OutcomeMark = ({ outcome }: Pick<EntrySummary, "outcome">) => {
  const { t } = useLanguage();
  const isSuccess = outcome === "success";
  return (
    <span className="keyledger-nowrap">
      <Icon isInline status={isSuccess ? "success" : "danger"}>
        {isSuccess ? <CheckCircleIcon /> : <ExclamationCircleIcon />}
      </Icon>{" "}
      {t(`outcome.${outcome}`)}
    </span>
  );
};

/** The entry's number in the log, or that it does not have one yet. */
export const IndexLabel = ({ index }: Pick<EntrySummary, "index">) => {
  const { t, number } = useLanguage();
  return index === null ? (
    <Tooltip content={t("state.staged.hint")}>
      <Label isCompact color="gold" icon={<InProgressIcon />}>
        {t("state.staged")}
      </Label>
    </Tooltip>
  ) : (
    <span className="keyledger-mono">{number(index)}</span>
  );
};

/** The shortest name by which a person knows the actor. */
export function actorName(actor: Actor | null, { t }: Pick<Language, "t">): string {
  if (actor?.type === "system") {
    return t("actor.system");
  }
  return (
    actor?.name ?? actor?.id ?? actor?.client ?? (actor?.type === "anonymous" ? t("actor.anonymous") : t("unknown"))
  );
}

/** The shortest name by which a person knows the target; its type where it has none. */
export function targetName(target: Target | null, resourceType: string, { tOr }: Pick<Language, "tOr">): string {
  return target?.name ?? target?.path ?? target?.id ?? tOr(`resourceType.${resourceType}`, resourceType);
}
