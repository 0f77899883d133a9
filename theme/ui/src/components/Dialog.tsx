import { Modal, type ModalProps } from "@patternfly/react-core";
import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n";
import { rename } from "./Renamed";

/**
 * A small dialog, open for as long as it is there, which begins at its first field. PatternFly names its cross and its sign,
 * in English: here they are ours.
 */
export const Dialog = ({ children, ...props }: Omit<ModalProps, "ref" | "isOpen" | "variant">) => {
  const { t } = useLanguage();
  const severity = props.titleIconVariant;
  return (
    <Modal
      isOpen
      variant="small"
      className="keyledger-dialog"
      {...(typeof severity === "string" && { titleLabel: t(`severity.${severity}`) })}
      {...props}
    >
      <Mended cross={t("dialog.close")} />
      {children}
    </Modal>
  );
};

/** Where the dialog is looked at as it is drawn. PatternFly would focus its cross, unless the focus is inside already. */
const Mended = ({ cross }: { readonly cross: string }) => {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    around(place.current)?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, []);
  useEffect(() => {
    const dialog = around(place.current);
    if (dialog) {
      rename(dialog, { Close: cross });
    }
  });
  return <span ref={place} hidden />;
};

function around(place: Element | null): Element | null {
  return place?.closest("[role=dialog]") ?? null;
}
