import { Text, TextContent, Title } from "@patternfly/react-core";
import { useLogStatus } from "../hooks/LogStatus";
import { useLanguage } from "../i18n";
import { Notice } from "./Notice";

/** The page's title, and in a line how far the log is signed. Without an answer the line is left out. */
export const PageHeading = () => {
  const { t, number, ago } = useLanguage();
  const log = useLogStatus();
  const signed = log?.checkpointTime
    ? t("status.signed", { count: number(log.signedSize), time: ago(log.checkpointTime, Date.now()) })
    : t("status.unsigned");
  return (
    <>
      <div className="keyledger-heading">
        <div>
          <Title headingLevel="h1" size="2xl">
            {t("title")}
          </Title>
          <TextContent>
            <Text>{t("subtitle")}</Text>
          </TextContent>
        </div>
        {log && <span className="keyledger-muted">{signed}</span>}
      </div>
      {log?.state === "HALTED" && (
        <Notice isInline component="p" variant="danger" title={t("status.halted.title")} className="keyledger-section">
          {t("status.halted.body")}
        </Notice>
      )}
    </>
  );
};
