import { Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { JsonObject, JsonValue, Slot } from "../api/types";
import { useLanguage } from "../i18n";
import { valueText } from "./valueText";

/** What the entry changed: each changed attribute before and after, and what else was told about the change. */
export const ChangeSection = ({ slot }: { readonly slot: Slot | undefined }) => {
  const { t } = useLanguage();
  if (!slot) {
    return null;
  }
  const before = asObject(slot.value?.before);
  const after = asObject(slot.value?.after);
  const attributes = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const details = Object.entries(asObject(slot.value?.details)).filter(([name]) => name !== "scim.change");
  return (
    <section className="keyledger-section">
      <Title headingLevel="h3" size="lg">
        {t("change.title")}
      </Title>
      {slot.state === "erased" && <em>{t("entry.erased")}</em>}
      {slot.state === "open" && attributes.length === 0 && <p>{t("change.none")}</p>}
      {attributes.length > 0 && (
        <Table variant="compact" aria-label={t("change.title")} data-testid="keyledger-change">
          <Thead>
            <Tr>
              {["attribute", "before", "after"].map((column) => (
                <Th key={column}>{t(`change.${column}`)}</Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {attributes.map((name) => (
              <Tr key={name}>
                <Td dataLabel={t("change.attribute")} className="keyledger-long">
                  {name}
                </Td>
                <Td dataLabel={t("change.before")}>
                  <ChangedValue value={before[name]} className="keyledger-removed" />
                </Td>
                <Td dataLabel={t("change.after")}>
                  <ChangedValue value={after[name]} className="keyledger-added" />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {details.length > 0 && <Details details={details} />}
    </section>
  );
};

interface ChangedValueProps {
  readonly value: JsonValue | undefined;
  readonly className: string;
}

const ChangedValue = ({ value, className }: ChangedValueProps) => {
  const { t } = useLanguage();
  const text = valueText(value);
  return text === undefined ? (
    <span className="keyledger-muted">{t("none")}</span>
  ) : (
    <span className={`keyledger-mono ${className}`}>{text}</span>
  );
};

const Details = ({ details }: { readonly details: readonly (readonly [string, JsonValue])[] }) => {
  const { t } = useLanguage();
  return (
    <>
      <Title headingLevel="h4" size="md" className="keyledger-section">
        {t("change.details")}
      </Title>
      <dl className="keyledger-facts">
        {details.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt className="keyledger-long">{name}</dt>
            <dd className="keyledger-mono">{valueText(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
