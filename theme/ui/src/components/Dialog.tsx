import { Modal, type ModalProps } from "@patternfly/react-core";
import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n";
import { rename } from "./Renamed";

/** A small dialog, open for as long as it is there. PatternFly names its cross and its sign, in English: here they are ours. */
export const Dialog = ({ children, ...props }: Omit<ModalProps, "ref" | "isOpen" | "variant">) => {
  const { t } = useLanguage();
  const severity = props.titleIconVariant;
  return (
    <Modal
      isOpen
      variant="small"
      {...(typeof severity === "string" && { titleLabel: t(`severity.${severity}`) })}
      {...props}
    >
      <NamedCross name={t("dialog.close")} />
      {children}
    </Modal>
  );
};

const NamedCross = ({ name }: { readonly name: string }) => {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const dialog = place.current?.closest("[role=dialog]");
    if (dialog) {
      rename(dialog, { Close: name });
    }
  });
  return <span ref={place} hidden />;
};
