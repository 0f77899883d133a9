import { Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Fragment } from "react";
import type { JsonObject, JsonValue, Slot } from "../api/types";
import { useLanguage } from "../i18n";
import { valueText } from "./valueText";

const COLUMN_WIDTHS = { attribute: 30, before: 35, after: 35 } as const;

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
              {(["attribute", "before", "after"] as const).map((column) => (
                <Th key={column} width={COLUMN_WIDTHS[column]}>
                  {t(`change.${column}`)}
                </Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {attributes.map((name) => (
              <Tr key={name}>
                <Td dataLabel={t("change.attribute")} modifier="breakWord">
                  <AttributeName name={name} />
                </Td>
                <Td dataLabel={t("change.before")} modifier="breakWord">
                  <ChangedValue value={before[name]} className="keyledger-removed" />
                </Td>
                <Td dataLabel={t("change.after")} modifier="breakWord">
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

/** An attribute of an extension has a long URN before its name; the name stands out. */
const AttributeName = ({ name }: { readonly name: string }) => {
  const split = name.startsWith("urn:") ? name.lastIndexOf(":") : -1;
  return (
    <>
      <Breakable text={name.slice(split + 1)} />
      {split > 0 && (
        <div className="keyledger-muted">
          <Breakable text={name.slice(0, split)} />
        </div>
      )}
    </>
  );
};

/** A long name breaks after a dot or colon first. */
const Breakable = ({ text }: { readonly text: string }) => (
  <>
    {text.split(/(?<=[.:])/).map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change their order
      <Fragment key={at}>
        {part}
        <wbr />
      </Fragment>
    ))}
  </>
);

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
