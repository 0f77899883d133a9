import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n";

interface FactListProps {
  /** What is told, by the key of its name's text; a line without a value is left out. */
  readonly facts: Readonly<Record<string, ReactNode>>;
  readonly isCompact?: boolean;
  /** How much room the names have. */
  readonly termWidth?: string;
}

/** Names and values, line by line. */
export const FactList = ({ facts, isCompact = false, termWidth = "12rem" }: FactListProps) => {
  const { t } = useLanguage();
  return (
    <DescriptionList isHorizontal isCompact={isCompact} horizontalTermWidthModifier={{ default: termWidth }}>
      {Object.entries(facts)
        .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => (
          <DescriptionListGroup key={name}>
            <DescriptionListTerm>{t(name)}</DescriptionListTerm>
            <DescriptionListDescription className="keyledger-long">{value}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
    </DescriptionList>
  );
};
