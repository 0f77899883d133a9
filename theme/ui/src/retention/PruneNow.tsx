import { useApi } from "../api/ApiContext";
import { BusyButton } from "../components/BusyButton";
import { useRight } from "../hooks/LogStatus";
import { useAction } from "../hooks/useAction";
import { useLanguage } from "../i18n";
import { Refused } from "../privacy/Refused";

interface PruneNowProps {
  /** Whether there is an archive, without which nothing is pruned. */
  readonly isPossible: boolean;
  readonly onPruned: () => void;
}

/** Prunes what may be pruned, which the server otherwise does by itself. */
export const PruneNow = ({ isPossible, onPruned }: PruneNowProps) => {
  const { t } = useLanguage();
  const api = useApi();
  const mayConfigure = useRight("audit-configure");
  const prune = useAction(() => api.prune().then(onPruned));
  if (!mayConfigure || !isPossible) {
    return null;
  }
  return (
    <div>
      <BusyButton variant="secondary" isLoading={prune.isBusy} isDisabled={prune.isBusy} onClick={prune.run}>
        {t(prune.isBusy ? "retention.prune.running" : "retention.prune")}
      </BusyButton>
      <Refused error={prune.error} right="audit-configure" />
    </div>
  );
};
