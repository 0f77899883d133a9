import { Button, Form, FormGroup, Radio, TextInput, Title } from "@patternfly/react-core";
import { DownloadIcon } from "@patternfly/react-icons";
import { type FormEvent, useState } from "react";
import { useApi } from "../api/ApiContext";
import { BusyButton } from "../components/BusyButton";
import { FilterSummary } from "../components/FilterSummary";
import { Notice } from "../components/Notice";
import { TakesRole } from "../components/TakesRole";
import { DiscloseField } from "../exporting/DiscloseField";
import { DownloadState } from "../exporting/DownloadState";
import { discloseOf, SLOTS, type Slot } from "../exporting/disclosed";
import { indexRange } from "../exporting/indexRange";
import { FORMATS, type Format, isBundle } from "../exporting/recordCounter";
import { useDownload } from "../exporting/useDownload";
import { useRight } from "../hooks/LogStatus";
import { useAction } from "../hooks/useAction";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { ANY_TIME, type Filters, isFiltered, LIST, toApiQuery } from "../location";

/** Takes entries out: what the filters let through as rows, or a part of the log with its proofs. */
export const ExportPage = ({ location, href }: Navigation) => {
  const { t } = useLanguage();
  const mayExport = useRight("audit-export");
  const [format, setFormat] = useState<Format>("csv");
  const [range, setRange] = useState({ from: "", to: "" });
  const [disclosed, setDisclosed] = useState<readonly Slot[]>(SLOTS);
  const { download, start, cancel } = useDownload();
  const api = useApi();
  const { filters } = location;
  const hasTime = filters.range !== undefined || filters.from !== undefined || filters.to !== undefined;
  const ofTime = useAction(async () => {
    const { first, last } = await indexRange(api, filters, Date.now(), new AbortController().signal);
    setRange({ from: String(first ?? ""), to: String(last ?? "") });
  });
  const isRunning = download.state === "running";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const disclose = isBundle(format) ? discloseOf(disclosed) : undefined;
    start(format === "bundle" ? bundlePath(range, disclose) : foundPath(format, filters, disclose), format);
  };
  return (
    <div className="keyledger-body keyledger-readable">
      <Form onSubmit={submit}>
        <FormGroup role="radiogroup" label={t("export.format")} fieldId="keyledger-format" isStack>
          {FORMATS.map((option) => (
            <Radio
              key={option}
              id={`keyledger-format-${option}`}
              name="keyledger-format"
              label={t(`export.format.${option}`)}
              description={t(`export.format.${option}.body`)}
              isChecked={format === option}
              onChange={() => setFormat(option)}
            />
          ))}
        </FormGroup>
        {format === "bundle" ? (
          <>
            <BundleRange range={range} onChange={setRange} />
            {hasTime && (
              <BusyButton variant="link" isInline isLoading={ofTime.isBusy} onClick={ofTime.run}>
                {t("export.range.ofTime")}
              </BusyButton>
            )}
            {ofTime.error !== undefined && <p className="keyledger-muted">{t("error.title")}</p>}
            {isFiltered({ ...filters, ...ANY_TIME }) && (
              <Notice isInline component="p" variant="warning" title={t("export.unfiltered.title")}>
                {t("export.unfiltered.body")}
              </Notice>
            )}
          </>
        ) : (
          <section>
            <Title headingLevel="h2" size="md">
              {t("export.filters")}
            </Title>
            <FilterSummary filters={filters} />
            <Button variant="link" isInline component="a" href={href(LIST)}>
              {t("export.change")}
            </Button>
          </section>
        )}
        {isBundle(format) && <DiscloseField disclosed={disclosed} onChange={setDisclosed} />}
        <p className="keyledger-muted">{t("export.recorded")}</p>
        <div>
          <Button type="submit" icon={<DownloadIcon />} isDisabled={isRunning || !mayExport}>
            {t("export.start")}
          </Button>
          {!mayExport && <TakesRole right="audit-export" />}
        </div>
      </Form>
      <div aria-live="polite" className="keyledger-section">
        <DownloadState download={download} onCancel={cancel} />
      </div>
    </div>
  );
};

interface Range {
  readonly from: string;
  readonly to: string;
}

interface BundleRangeProps {
  readonly range: Range;
  readonly onChange: (range: Range) => void;
}

/** The numbers of the first and the last entry of a bundle; empty for all. */
const BundleRange = ({ range, onChange }: BundleRangeProps) => {
  const { t } = useLanguage();
  return (
    <FormGroup role="group" label={t("export.range")}>
      <div className="keyledger-time">
        {(["from", "to"] as const).map((end) => (
          <TextInput
            key={end}
            type="number"
            min={0}
            aria-label={t(`export.range.${end}`)}
            placeholder={t(`export.range.${end}`)}
            value={range[end]}
            onChange={(_event, value) => onChange({ ...range, [end]: value })}
          />
        ))}
      </div>
    </FormGroup>
  );
};

function foundPath(format: Exclude<Format, "bundle">, filters: Filters, disclose: string | undefined): string {
  const query = toApiQuery(filters, [], Date.now());
  query.set("format", format === "found" ? "bundle" : format);
  if (disclose !== undefined) {
    query.set("disclose", disclose);
  }
  return `export?${query}`;
}

function bundlePath({ from, to }: Range, disclose: string | undefined): string {
  const query = new URLSearchParams();
  if (from !== "") {
    query.set("from", from);
  }
  if (to !== "") {
    query.set("to", String(Number(to) + 1)); // the server's end is behind the last
  }
  if (disclose !== undefined) {
    query.set("disclose", disclose);
  }
  return `bundle?${query}`;
}
