import { Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useLanguage } from "../../i18n";
import type { Connection } from "../api/types";
import type { Usage } from "../hooks/useUsage";
import { ConnectionRow } from "./ConnectionRow";

/** What the list shows of a connection, from left to right. */
export const COLUMNS = ["name", "kind", "scope", "auth", "activity", "errors"] as const;

// given, because a browser left to itself gives all the room to a long name
const WIDTHS = { name: 25, kind: 10, scope: 20, auth: 20, activity: 15, errors: 10 } as const;

interface ConnectionTableProps {
  /** `undefined` until they are there. */
  readonly connections: readonly Connection[] | undefined;
  readonly usageOf: (connection: string) => Usage;
}

/** The connections of the realm; a skeleton of them while they are being fetched. */
export const ConnectionTable = ({ connections, usageOf }: ConnectionTableProps) => {
  const { t } = useLanguage();
  return (
    <Table aria-label={t("scim.title")} aria-busy={!connections} data-testid="keyledger-connections">
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column} width={WIDTHS[column]} modifier="wrap">
              {t(`scim.column.${column}`)}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {connections?.map((connection) => (
          <ConnectionRow key={connection.name} connection={connection} usage={usageOf(connection.name)} />
        )) ?? <SkeletonRows />}
      </Tbody>
    </Table>
  );
};

const SkeletonRows = () => {
  const { t } = useLanguage();
  return (
    <>
      {["70%", "85%", "60%"].map((width, row) => (
        <Tr key={width} data-testid="keyledger-skeleton">
          {COLUMNS.map((column, at) => (
            <Td key={column} dataLabel={t(`scim.column.${column}`)}>
              <Skeleton width={width} {...(row === 0 && at === 0 && { screenreaderText: t("loading") })} />
            </Td>
          ))}
        </Tr>
      ))}
    </>
  );
};
