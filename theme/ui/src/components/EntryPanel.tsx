import {
  DrawerActions,
  DrawerCloseButton,
  DrawerHead,
  DrawerPanelBody,
  DrawerPanelContent,
  EmptyState,
  EmptyStateBody,
  EmptyStateHeader,
  Skeleton,
  Title,
} from "@patternfly/react-core";
import { useEffect, useRef } from "react";
import { HttpError } from "../api/client";
import type { EntryDetail } from "../api/types";
import type { Navigation } from "../hooks/useAuditLocation";
import { useEntry } from "../hooks/useEntry";
import { useLanguage } from "../i18n";
import { ANY_TIME, LIST, NO_FILTERS } from "../location";
import { ChangeSection } from "./ChangeSection";
import { CopyButton } from "./CopyButton";
import { EntryFacts } from "./EntryFacts";
import { EntryLinks } from "./EntryLinks";
import { targetName } from "./labels";
import { Problem } from "./Problem";
import { PrunedNote } from "./PrunedNote";
import { RawEntry } from "./RawEntry";
import { RequestSection } from "./RequestSection";
import { requestOf } from "./requestOf";
import { VerifySection } from "./VerifySection";

interface EntryPanelProps extends Pick<Navigation, "href"> {
  readonly id: string;
  readonly onClose: () => void;
}

/** One entry beside the list. It takes the focus when it opens, and Escape closes it. */
export const EntryPanel = ({ id, href, onClose }: EntryPanelProps) => {
  const language = useLanguage();
  const { t, tOr } = language;
  const [entry, reload] = useEntry(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = entry.state === "failed" ? undefined : entry.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves once for each entry
  useEffect(() => heading.current?.focus(), [id]);
  const title = shown
    ? t("entry.title", {
        operation: tOr(`operation.${shown.operation}`, shown.operation),
        target: targetName(shown.target, shown.resourceType, language),
      })
    : t("loading");
  return (
    <DrawerPanelContent
      className="keyledger-panel"
      data-testid="keyledger-entry"
      minSize="min(100%, 26rem)"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <DrawerHead>
        <Title headingLevel="h2" size="xl" className="keyledger-long">
          <span ref={heading} tabIndex={-1} className="keyledger-title">
            {entry.state === "failed" ? t("entry.one", { id }) : title}
          </span>
        </Title>
        <DrawerActions>
          {shown && <CopyButton label={t("entry.link")} text={() => Promise.resolve(window.location.href)} />}
          <DrawerCloseButton aria-label={t("entry.close")} onClick={onClose} />
        </DrawerActions>
      </DrawerHead>
      <DrawerPanelBody>
        {entry.state === "failed" ? (
          <EntryProblem id={id} error={entry.error} href={href} onRetry={reload} />
        ) : shown ? (
          <EntryContent entry={shown} href={href} />
        ) : (
          <Skeleton height="16rem" screenreaderText={t("loading")} />
        )}
      </DrawerPanelBody>
    </DrawerPanelContent>
  );
};

interface EntryContentProps extends Pick<Navigation, "href"> {
  readonly entry: EntryDetail;
}

const EntryContent = ({ entry, href }: EntryContentProps) => {
  const request = requestOf(entry);
  return (
    <>
      <VerifySection entry={entry} />
      <EntryFacts entry={entry} href={(other) => href({ entry: other })} />
      <EntryLinks entry={entry} href={href} />
      <ChangeSection slot={entry.slots.change} />
      {request && (
        <RequestSection
          request={request}
          except={entry.id}
          href={(other) => href({ entry: other })}
          allHref={href({ ...LIST, filters: { ...NO_FILTERS, fields: { requestId: [request] } } })}
        />
      )}
      <RawEntry entry={entry} />
    </>
  );
};

interface EntryProblemProps extends Pick<Navigation, "href"> {
  readonly id: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

const EntryProblem = ({ id, error, href, onRetry }: EntryProblemProps) => {
  const { t } = useLanguage();
  if (!(error instanceof HttpError && error.status === 404)) {
    return <Problem error={error} onRetry={onRetry} />;
  }
  return (
    <EmptyState>
      <EmptyStateHeader titleText={t("entry.missing.title")} headingLevel="h3" />
      <EmptyStateBody>{t("entry.missing.body", { id })}</EmptyStateBody>
      <PrunedNote time={ANY_TIME} href={href} />
    </EmptyState>
  );
};
