import {
  Card,
  CardBody,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n";

interface FactsProps {
  readonly title: string;
  /** By the key of its message; a line without a value is left out. */
  readonly lines: Readonly<Record<string, ReactNode>>;
  readonly children?: ReactNode;
}

/** A card of facts with their names. */
export const Facts = ({ title, lines, children }: FactsProps) => {
  const { t } = useLanguage();
  return (
    <Card isCompact isFlat>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DescriptionList isCompact isHorizontal horizontalTermWidthModifier={{ default: "9rem" }}>
          {Object.entries(lines)
            .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
            .map(([name, value]) => (
              <DescriptionListGroup key={name}>
                <DescriptionListTerm>{t(`integrity.${name}`)}</DescriptionListTerm>
                <DescriptionListDescription className="keyledger-long">{value}</DescriptionListDescription>
              </DescriptionListGroup>
            ))}
        </DescriptionList>
        {children}
      </CardBody>
    </Card>
  );
};
