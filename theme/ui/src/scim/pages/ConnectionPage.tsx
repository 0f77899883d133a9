import { Label, PageSection, Skeleton, Switch, Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useRef, useState } from "react";
import { HttpError } from "../../api/client";
import { Problem } from "../../components/Problem";
import { useAction } from "../../hooks/useAction";
import { useCurrentInView } from "../../hooks/useCurrentInView";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection, type ConnectionSettings, titleOf } from "../api/types";
import { ActivityTab } from "../components/ActivityTab";
import { ConnectionState } from "../components/ConnectionState";
import { Failure } from "../components/Failure";
import { KindMark } from "../components/KindMark";
import { MappingTab } from "../components/MappingTab";
import { NoSuchConnection } from "../components/NoSuchConnection";
import { OverviewTab } from "../components/OverviewTab";
import { isUnsaved, PoliciesTab } from "../components/PoliciesTab";
import { ScimHeading } from "../components/ScimHeading";
import { TokensTab } from "../components/TokensTab";
import { useConnection } from "../hooks/useConnections";
import { usePlace } from "../hooks/usePlace";
import { TABS, type Tab as TabName } from "../location";
import { useScim } from "../ScimContext";

interface ConnectionPageProps {
  readonly name: string;
  readonly tab: TabName;
}

/** One connection, tab by tab. */
export const ConnectionPage = ({ name, tab }: ConnectionPageProps) => {
  const { t } = useLanguage();
  const { api } = useScim();
  const [load, reload] = useConnection(name);
  if (load.state === "failed") {
    const isMissing = load.error instanceof HttpError && load.error.status === 404;
    return isMissing ? (
      <NoSuchConnection name={name} />
    ) : (
      <>
        <ScimHeading isBelowList title={name} />
        <Problem texts="scim." error={load.error} onRetry={reload} />
      </>
    );
  }
  if (!load.value) {
    return (
      <>
        <ScimHeading isBelowList title={name} />
        <PageSection variant="light">
          <Skeleton height="20rem" screenreaderText={t("loading")} data-testid="keyledger-skeleton" />
        </PageSection>
      </>
    );
  }
  const save = async (settings: ConnectionSettings) => {
    await api.put(name, settings);
    reload();
  };
  return <Loaded connection={load.value} tab={tab} onSave={save} />;
};

interface LoadedProps {
  readonly connection: Connection;
  readonly tab: TabName;
  readonly onSave: (settings: ConnectionSettings) => Promise<void>;
}

const Loaded = ({ connection, tab, onSave }: LoadedProps) => {
  const { t } = useLanguage();
  const { go } = usePlace();
  const { page } = useScim();
  const { name, kind, paused } = connection;
  const [draft, setDraft] = useState<Connection>();
  if (draft && !isUnsaved(draft, connection)) {
    setDraft(undefined); // it was saved, or typed back
  }
  const place = useRef<HTMLDivElement>(null);
  useCurrentInView(place, tab);
  const isBuiltIn = name === BUILT_IN;
  const pause = useAction((isOn: boolean) => onSave({ ...connection, paused: !isOn }));
  const tabs = TABS.filter((known) => known !== "tokens" || !isBuiltIn);
  return (
    <>
      <ScimHeading isBelowList title={isBuiltIn ? t("scim.builtIn") : titleOf(connection)}>
        <span className="keyledger-actions">
          <KindMark kind={kind} />
          <ConnectionState isPaused={paused} />
          {page.manageConnections !== false && (
            <Switch
              id="keyledger-active"
              label={t("scim.serves")}
              isChecked={!paused}
              isDisabled={pause.isBusy}
              onChange={(_event, isOn) => pause.run(isOn)}
            />
          )}
        </span>
      </ScimHeading>
      <PageSection variant="light" padding={{ default: "noPadding" }}>
        <div ref={place}>
          <Tabs
            activeKey={tab}
            inset={{ default: "insetNone", md: "insetLg" }}
            aria-label={t("scim.tabs")}
            backScrollAriaLabel={t("scroll.back")}
            forwardScrollAriaLabel={t("scroll.forward")}
            onSelect={(_event, key) => go({ view: "connection", name, tab: key as TabName })}
          >
            {tabs.map((known) => (
              <Tab
                key={known}
                eventKey={known}
                id={`keyledger-tab-${known}`}
                tabContentId={`keyledger-tab-content-${known}`}
                title={
                  <TabTitleText>
                    {t(`scim.tab.${known}`)}{" "}
                    {known === "policies" && isUnsaved(draft, connection) && (
                      <Label isCompact color="gold">
                        {t("scim.unsaved")}
                      </Label>
                    )}
                  </TabTitleText>
                }
              />
            ))}
          </Tabs>
        </div>
      </PageSection>
      <PageSection
        variant="light"
        role="tabpanel"
        id={`keyledger-tab-content-${tab}`}
        aria-labelledby={`keyledger-tab-${tab}`}
      >
        <Failure error={pause.error} />
        {tab === "overview" && <OverviewTab connection={connection} />}
        {tab === "tokens" && !isBuiltIn && <TokensTab connection={connection} />}
        {tab === "policies" && <PoliciesTab connection={connection} draft={draft} onDraft={setDraft} onSave={onSave} />}
        {tab === "mapping" && <MappingTab connection={connection} onSave={onSave} />}
        {tab === "activity" && <ActivityTab connection={connection} />}
      </PageSection>
    </>
  );
};
