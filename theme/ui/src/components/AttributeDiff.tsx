import { Button } from "@patternfly/react-core";
import { Fragment, useState } from "react";
import type { JsonObject } from "../api/types";
import { useLanguage } from "../i18n";
import { ValueDiff } from "./ValueDiff";
import { valueText } from "./valueText";

interface AttributeDiffProps {
  readonly label: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** What stands above the two sides. */
  readonly beforeTitle?: string;
  readonly afterTitle?: string;
}

/** Attributes before and after, those that changed first; those that did not are folded. */
export const AttributeDiff = ({ label, before, after, beforeTitle, afterTitle }: AttributeDiffProps) => {
  const { t } = useLanguage();
  const [isUnfolded, setIsUnfolded] = useState(false);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const isSame = (name: string) => JSON.stringify(before[name] ?? null) === JSON.stringify(after[name] ?? null);
  const changed = names.filter((name) => !isSame(name));
  const same = names.filter(isSame);
  const shown = isUnfolded ? [...changed, ...same] : changed;
  return (
    <div data-testid="keyledger-change">
      {shown.length > 0 && (
        <table className="keyledger-attributes" aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t("change.attribute")}</th>
              <th scope="col">
                <div className="keyledger-diff">
                  <span>{beforeTitle ?? t("change.before")}</span>
                  <span>{afterTitle ?? t("change.after")}</span>
                </div>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((name) => (
              <tr key={name} data-attribute={name}>
                <th scope="row">
                  <AttributeName name={name} />
                </th>
                <td>
                  <ValueDiff before={valueText(before[name])} after={valueText(after[name])} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {same.length > 0 && (
        <Button variant="link" isInline aria-expanded={isUnfolded} onClick={() => setIsUnfolded(!isUnfolded)}>
          {isUnfolded ? t("change.fold") : t("change.same", { count: same.length })}
        </Button>
      )}
    </div>
  );
};

/** An attribute of an extension has a long URN before its name; the name stands out. */
export const AttributeName = ({ name }: { readonly name: string }) => {
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
