import { Button } from "@patternfly/react-core";
import { CheckIcon, CopyIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { useLanguage } from "../i18n";
import { copyText } from "./copyText";

interface CopyButtonProps {
  readonly text: () => Promise<string>;
  /** The button's words; only a sign where there are none. */
  readonly label?: string;
  readonly onFailure?: () => void;
}

/** Copies a text and says so. */
export const CopyButton = ({ text, label, onFailure }: CopyButtonProps) => {
  const { t } = useLanguage();
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => {
    text()
      .then(copyText)
      .then(
        () => setIsCopied(true),
        () => onFailure?.(),
      );
  };
  return (
    <Button
      variant={label ? "link" : "plain"}
      isInline={label !== undefined}
      icon={isCopied ? <CheckIcon /> : <CopyIcon />}
      {...(!label && { "aria-label": t(isCopied ? "copied" : "copy") })}
      onClick={copy}
    >
      {label && isCopied ? t("copied") : label}
    </Button>
  );
};
