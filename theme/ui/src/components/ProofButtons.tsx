import { Button } from "@patternfly/react-core";
import { DownloadIcon } from "@patternfly/react-icons";
import type { Proof } from "../api/types";
import { useLanguage } from "../i18n";
import { tlogProof } from "../verify/tlogProof";
import { CopyButton } from "./CopyButton";
import { save } from "./save";

interface ProofButtonsProps {
  readonly id: string;
  readonly proof: Proof;
}

/** The entry's `.tlog-proof`, to keep or to hand to an auditor. */
export const ProofButtons = ({ id, proof }: ProofButtonsProps) => {
  const { t } = useLanguage();
  return (
    <>
      <Button
        variant="link"
        isInline
        icon={<DownloadIcon />}
        onClick={() => save(new Blob([tlogProof(proof)], { type: "text/plain" }), `${id}.tlog-proof`)}
      >
        {t("proof.download")}
      </Button>
      <CopyButton label={t("proof.copy")} text={() => Promise.resolve(tlogProof(proof))} />
    </>
  );
};
