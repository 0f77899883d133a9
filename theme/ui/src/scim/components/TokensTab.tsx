import { Button, EmptyState, EmptyStateBody, EmptyStateHeader, Skeleton } from "@patternfly/react-core";
import { useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Notice } from "../../components/Notice";
import { Problem } from "../../components/Problem";
import { useLanguage } from "../../i18n";
import type { Connection, IssuedToken, Token } from "../api/types";
import { useTokens } from "../hooks/useConnections";
import { useScim } from "../ScimContext";
import { Failure } from "./Failure";
import { PasteValue } from "./PasteValue";
import { TokenDialog } from "./TokenDialog";
import { TokenTable } from "./TokenTable";

type Open = { readonly dialog: "make"; readonly old?: Token } | { readonly dialog: "revoke"; readonly token: Token };

/** The long-lived secrets of one connection. */
export const TokensTab = ({ connection: { name } }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  const { api, page } = useScim();
  const [tokens, reload] = useTokens(name);
  const [open, setOpen] = useState<Open>();
  const [issued, setIssued] = useState<IssuedToken>();
  const canManage = page.manageConnections !== false;
  if (tokens.state === "failed") {
    return <Problem texts="scim." error={tokens.error} onRetry={reload} />;
  }
  const rows = tokens.value;
  const close = () => setOpen(undefined);
  return (
    <>
      <p className="keyledger-scim-lead">{t("scim.tokens.lead")}</p>
      {issued && <Issued token={issued} onClose={() => setIssued(undefined)} />}
      {canManage && (
        <div className="keyledger-actions">
          <Button variant="secondary" data-testid="keyledger-new-token" onClick={() => setOpen({ dialog: "make" })}>
            {t("scim.token.create")}
          </Button>
        </div>
      )}
      {!rows ? (
        <Skeleton height="8rem" screenreaderText={t("loading")} />
      ) : rows.length === 0 ? (
        <EmptyState variant="sm">
          <EmptyStateHeader titleText={t("scim.tokens.empty.title")} headingLevel="h2" />
          <EmptyStateBody>{t("scim.tokens.empty.body")}</EmptyStateBody>
        </EmptyState>
      ) : (
        <TokenTable
          tokens={rows}
          canManage={canManage}
          onRotate={(old) => setOpen({ dialog: "make", old })}
          onRevoke={(token) => setOpen({ dialog: "revoke", token })}
        />
      )}
      {open?.dialog === "make" && (
        <TokenDialog
          connection={name}
          old={open.old}
          onClose={close}
          onIssued={(token) => {
            setIssued(token);
            close();
            reload();
          }}
        />
      )}
      {open?.dialog === "revoke" && (
        <ConfirmDialog
          title={t("scim.token.revoke.title", { name: open.token.name })}
          confirmText={t("scim.token.revoke")}
          failure={(error) => <Failure error={error} />}
          onClose={close}
          onConfirm={async () => {
            await api.revoke(name, open.token.id);
            close();
            reload();
          }}
        >
          <p>{t("scim.token.revoke.body")}</p>
        </ConfirmDialog>
      )}
    </>
  );
};

/** The token's text, this once. */
const Issued = ({ token, onClose }: { readonly token: IssuedToken; readonly onClose: () => void }) => {
  const { t } = useLanguage();
  return (
    <Notice
      component="p"
      isInline
      variant="success"
      title={t("scim.token.issued", { name: token.name })}
      className="keyledger-section"
      actionLinks={
        <Button variant="link" isInline onClick={onClose}>
          {t("scim.token.kept")}
        </Button>
      }
    >
      <p>{t("scim.token.once")}</p>
      <PasteValue label={t("scim.token.text")} value={token.token} testId="keyledger-issued-token" />
    </Notice>
  );
};
