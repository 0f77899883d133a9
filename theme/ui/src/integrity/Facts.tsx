import { Card, CardBody, CardTitle } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { FactList } from "../components/FactList";

interface FactsProps {
  readonly title: string;
  /** By the key of its message behind `integrity.`; a line without a value is left out. */
  readonly lines: Readonly<Record<string, ReactNode>>;
  readonly children?: ReactNode;
}

/** A card of facts with their names. */
export const Facts = ({ title, lines, children }: FactsProps) => (
  <Card isCompact isFlat>
    <CardTitle component="h2">{title}</CardTitle>
    <CardBody>
      <FactList
        isCompact
        termWidth="9rem"
        facts={Object.fromEntries(Object.entries(lines).map(([name, value]) => [`integrity.${name}`, value]))}
      />
      {children}
    </CardBody>
  </Card>
);
