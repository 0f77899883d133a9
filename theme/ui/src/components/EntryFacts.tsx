import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import type { EntryDetail } from "../api/types";
import { useLanguage } from "../i18n";
import { actorName, IndexLabel, OperationLabel, OutcomeMark, targetName } from "./labels";
import { requestOf } from "./requestOf";
import { asObject, valueText } from "./valueText";

interface EntryFactsProps {
  readonly entry: EntryDetail;
  /** The address of an entry, by its id or index. */
  readonly href: (entry: string) => string;
}

/** Who, what, when, from where and through what. A line without a value is left out. */
export const EntryFacts = ({ entry, href }: EntryFactsProps) => {
  const language = useLanguage();
  const { actor, target, slots } = entry;
  const net = slots.net?.value ?? {};
  const details = asObject(slots.change?.value?.details);
  const erased = (slot: string) =>
    slots[slot]?.state === "erased" ? (
      <>
        <em>{language.t("entry.erased")}</em>{" "}
        {typeof slots[slot].by === "number" && (
          <a href={href(String(slots[slot].by))} className="keyledger-erased">
            {language.t("entry.erased.by")}
          </a>
        )}
      </>
    ) : undefined;
  const lines: Readonly<Record<string, ReactNode>> = {
    who: erased("actor") ?? <Named name={actorName(actor, language)} id={actor?.id} />,
    what: <OperationLabel operation={entry.operation} />,
    target: erased("target") ?? <Named name={targetName(target, entry.resourceType, language)} id={target?.id} />,
    path: target?.path?.includes(target.id ?? "") ? undefined : target?.path,
    when: language.exactTime(entry.time),
    outcome: <OutcomeMark outcome={entry.outcome} />,
    error: entry.error,
    ip: erased("net") ?? entry.ip,
    userAgent: valueText(net.userAgent),
    client: actor?.client,
    connection: valueText(details["scim.connection"]),
    request: requestOf(entry),
    session: valueText(net.session),
    index: <IndexLabel index={entry.index} />,
    id: <span className="keyledger-mono">{entry.id}</span>,
  };
  return (
    <DescriptionList
      className="keyledger-section"
      isHorizontal
      isCompact
      horizontalTermWidthModifier={{ default: "9rem" }}
    >
      {Object.entries(lines)
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => (
          <DescriptionListGroup key={name}>
            <DescriptionListTerm>{language.t(`entry.${name}`)}</DescriptionListTerm>
            <DescriptionListDescription className="keyledger-long">{value}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
    </DescriptionList>
  );
};

const Named = ({ name, id }: { readonly name: string; readonly id: string | null | undefined }) => (
  <>
    {name}
    {id && id !== name && <div className="keyledger-mono keyledger-muted">{id}</div>}
  </>
);
