import { Skeleton } from "@patternfly/react-core";
import { useCallback } from "react";
import { HttpError } from "../../api/client";
import { JsonBlock } from "../../components/JsonBlock";
import { Problem } from "../../components/Problem";
import { useLoad } from "../../hooks/useLoad";
import { useLanguage } from "../../i18n";
import type { UserSummary } from "../api/types";
import { useScim } from "../ScimContext";

interface PreviewProps {
  readonly connection: string;
  readonly user: UserSummary;
}

/** One real user, as the connection shows him to the other side. */
export const Preview = ({ connection, user }: PreviewProps) => {
  const { t } = useLanguage();
  const { api } = useScim();
  const [preview, reload] = useLoad(
    useCallback((signal: AbortSignal) => api.preview(connection, user.id, signal), [api, connection, user.id]),
  );
  if (preview.state === "failed") {
    const isHidden = preview.error instanceof HttpError && preview.error.status === 404;
    return isHidden ? (
      <p data-testid="keyledger-preview-hidden">{t("scim.mapping.hidden", { name: user.username })}</p>
    ) : (
      <Problem texts="scim." error={preview.error} onRetry={reload} />
    );
  }
  if (!preview.value) {
    return <Skeleton height="16rem" screenreaderText={t("loading")} />;
  }
  return <JsonBlock text={JSON.stringify(preview.value, null, 2)} testId="keyledger-preview" />;
};
