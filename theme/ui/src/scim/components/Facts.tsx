import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n";

interface FactsProps {
  /** What is told, by the key of its name's text. */
  readonly facts: Readonly<Record<string, ReactNode>>;
}

/** Names and values, line by line. */
export const Facts = ({ facts }: FactsProps) => {
  const { t } = useLanguage();
  return (
    <DescriptionList isHorizontal horizontalTermWidthModifier={{ default: "12rem" }}>
      {Object.entries(facts).map(([name, value]) => (
        <DescriptionListGroup key={name}>
          <DescriptionListTerm>{t(name)}</DescriptionListTerm>
          <DescriptionListDescription className="keyledger-long">{value}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
};
