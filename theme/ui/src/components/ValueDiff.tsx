import { Button } from "@patternfly/react-core";
import { useState } from "react";
import { useLanguage } from "../i18n";
import { type DiffLine, type FoldedLine, fold, lineDiff } from "./lineDiff";

interface ValueDiffProps {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const CONTEXT = 2;

/** Two values side by side, line by line; lines that did not change are folded where there are many. */
export const ValueDiff = ({ before, after }: ValueDiffProps) => {
  const { t } = useLanguage();
  const [isUnfolded, setIsUnfolded] = useState(false);
  const lines = lineDiff(before, after);
  const shown: readonly FoldedLine[] = isUnfolded ? lines : fold(lines, CONTEXT);
  const none = <span className="keyledger-muted">{t("none")}</span>;
  return (
    <div className="keyledger-diff">
      {shown.map((line, at) =>
        "folded" in line ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diff is drawn once
          <div key={at} className="keyledger-fold">
            <Button variant="link" isInline onClick={() => setIsUnfolded(true)}>
              {t("change.same", { count: line.folded.length })}
            </Button>
          </div>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diff is drawn once
          <Pair key={at} line={line} />
        ),
      )}
      {before === undefined && after === undefined && none}
    </div>
  );
};

const Pair = ({ line: { before, after } }: { readonly line: DiffLine }) => {
  const isChanged = before !== after;
  return (
    <>
      <span className={`keyledger-mono keyledger-line ${isChanged && before !== undefined ? "keyledger-removed" : ""}`}>
        {before}
      </span>
      <span className={`keyledger-mono keyledger-line ${isChanged && after !== undefined ? "keyledger-added" : ""}`}>
        {after}
      </span>
    </>
  );
};
