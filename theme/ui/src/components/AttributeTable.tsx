import type { JsonObject } from "../api/types";
import { useLanguage } from "../i18n";
import { AttributeName } from "./AttributeDiff";
import { valueText } from "./valueText";

interface AttributeTableProps {
  readonly label: string;
  readonly attributes: JsonObject;
}

/** Attributes with their values. */
export const AttributeTable = ({ label, attributes }: AttributeTableProps) => {
  const { t } = useLanguage();
  const names = Object.keys(attributes).sort();
  if (names.length === 0) {
    return <p className="keyledger-muted">{t("history.nothing")}</p>;
  }
  return (
    <table className="keyledger-attributes" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("change.attribute")}</th>
          <th scope="col">{t("history.value")}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">
              <AttributeName name={name} />
            </th>
            <td>
              <span className="keyledger-mono keyledger-pre">{valueText(attributes[name]) ?? t("none")}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
