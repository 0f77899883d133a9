import { Button, Progress } from "@patternfly/react-core";
import { HttpError, Refusal } from "../api/client";
import { Notice } from "../components/Notice";
import { useLanguage } from "../i18n";
import { isBundle } from "./recordCounter";
import { BrokenOffError, type Download } from "./useDownload";

interface DownloadStateProps {
  readonly download: Download;
  readonly onCancel: () => void;
}

/** How far the export is, and how to go on with the file. */
export const DownloadState = ({ download, onCancel }: DownloadStateProps) => {
  const { t, number } = useLanguage();
  if (download.state === "idle") {
    return null;
  }
  if (download.state === "failed") {
    return <Failure error={download.error} />;
  }
  const { bytes, entries, atMost, bytesAbout } = download.progress;
  const size = t("export.size", { bytes: number(Math.ceil(bytes / 1024)) });
  const count = t("export.entries", { count: number(entries) });
  if (download.state === "running") {
    return (
      <div data-testid="keyledger-export-running">
        <Progress
          title={t("export.running")}
          measureLocation="outside"
          value={percent(entries, atMost) ?? percent(bytes, bytesAbout) ?? 0}
          label={atMost === undefined ? size : count}
          valueText={atMost === undefined ? size : count}
        />
        <Button variant="link" isInline onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    );
  }
  const { name, format } = download;
  return (
    <Notice
      isInline
      component="h2"
      variant="success"
      title={t("export.done", { name })}
      data-testid="keyledger-export-done"
      data-entries={entries}
    >
      <p>{isBundle(format) ? size : `${count}, ${size}`}</p>
      <p>{t(isBundle(format) ? "export.verify.bundle" : "export.verify.rows")}</p>
      {isBundle(format) && (
        <pre className="keyledger-mono keyledger-pre">{`java -jar keyledger.jar verify ${name}`}</pre>
      )}
    </Notice>
  );
};

function percent(done: number, all: number | undefined): number | undefined {
  return all && Math.min(100, (100 * done) / all);
}

const Failure = ({ error }: { readonly error: unknown }) => {
  const { t } = useLanguage();
  const status = error instanceof HttpError ? error.status : 0;
  const words =
    status === 403
      ? "export.forbidden"
      : status === 410
        ? "export.pruned"
        : error instanceof BrokenOffError || status === 0
          ? "export.brokenOff"
          : "export.failed";
  return (
    <Notice
      isInline
      component="h2"
      variant={status === 403 ? "info" : "danger"}
      title={t(words, { status })}
      data-testid="keyledger-export-failed"
    >
      {error instanceof Refusal && error.description}
    </Notice>
  );
};
