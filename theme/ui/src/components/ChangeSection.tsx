import { Title } from "@patternfly/react-core";
import type { JsonValue, Slot } from "../api/types";
import { useLanguage } from "../i18n";
import { AttributeDiff } from "./AttributeDiff";
import { asObject, valueText } from "./valueText";

/** What the entry changed: each changed attribute before and after, and what else was told about the change. */
export const ChangeSection = ({ slot }: { readonly slot: Slot | undefined }) => {
  const { t } = useLanguage();
  if (!slot) {
    return null;
  }
  const before = asObject(slot.value?.before);
  const after = asObject(slot.value?.after);
  const hasChange = Object.keys(before).length + Object.keys(after).length > 0;
  const details = Object.entries(asObject(slot.value?.details)).filter(([name]) => name !== "scim.change");
  return (
    <section className="keyledger-section">
      <Title headingLevel="h3" size="lg">
        {t("change.title")}
      </Title>
      {slot.state === "erased" && <em>{t("entry.erased")}</em>}
      {slot.state === "open" && !hasChange && <p>{t("change.none")}</p>}
      {hasChange && <AttributeDiff label={t("change.title")} before={before} after={after} />}
      {details.length > 0 && <Details details={details} />}
    </section>
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
