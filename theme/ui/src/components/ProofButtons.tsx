import { Alert, Button } from "@patternfly/react-core";
import { DownloadIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { useLanguage } from "../i18n";
import { CopyButton } from "./CopyButton";

/** The entry's `.tlog-proof`, to keep or to hand to an auditor. */
export const ProofButtons = ({ id }: { readonly id: string }) => {
  const { t } = useLanguage();
  const api = useApi();
  const [hasFailed, setHasFailed] = useState(false);
  const fetchProof = () => {
    setHasFailed(false);
    return api.proof(id);
  };
  const download = () => {
    fetchProof().then(
      (text) => save(text, `${id}.tlog-proof`),
      () => setHasFailed(true),
    );
  };
  return (
    <>
      <Button variant="link" isInline icon={<DownloadIcon />} onClick={download}>
        {t("proof.download")}
      </Button>
      <CopyButton label={t("proof.copy")} text={fetchProof} onFailure={() => setHasFailed(true)} />
      {hasFailed && <Alert isInline variant="danger" title={t("proof.failed")} />}
    </>
  );
};

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
