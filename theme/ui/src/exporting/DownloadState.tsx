import { Button, HelperText, HelperTextItem, Progress } from "@patternfly/react-core";
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
  const language = useLanguage();
  const { t, number } = language;
  if (download.state === "idle") {
    return null;
  }
  if (download.state === "failed") {
    return <Failure error={download.error} />;
  }
  const { bytes, entries, atMost, bytesAbout } = download.progress;
  const size = language.size(bytes);
  const count = t("export.entries", { count: number(entries) });
  if (download.state === "running") {
    const done = percent(entries, atMost) ?? percent(bytes, bytesAbout);
    const all =
      atMost !== undefined
        ? t("export.of", { done: count, all: number(atMost) })
        : bytesAbout === undefined
          ? size
          : t("export.ofAbout", { done: size, all: language.size(bytesAbout) });
    return (
      <div data-testid="keyledger-export-running">
        <Progress
          title={t("export.running")}
          value={done ?? 0}
          label={done === undefined ? size : language.percent(done)}
          valueText={all}
          helperText={
            <HelperText>
              <HelperTextItem>{all}</HelperTextItem>
            </HelperText>
          }
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

/** It is all there only when its end is: until then what was said before it began may have been too little. */
function percent(done: number, all: number | undefined): number | undefined {
  return all && Math.min(99, Math.floor((100 * done) / all));
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
