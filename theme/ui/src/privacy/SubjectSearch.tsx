import { EmptyState, EmptyStateBody, EmptyStateHeader, SearchInput, Skeleton } from "@patternfly/react-core";
import { useState } from "react";
import type { ErasureDone } from "../api/privacyTypes";
import { Problem } from "../components/Problem";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { SubjectCard } from "./SubjectCard";
import { useSubjects } from "./usePrivacy";

interface SubjectSearchProps extends Pick<Navigation, "href"> {
  readonly onChanged: () => void;
  /** The person has no name any more by which the search would find them. */
  readonly onErased: (done: ErasureDone) => void;
}

/** Finds a person by a name, present or former, and what can be done about the person. */
export const SubjectSearch = ({ href, onChanged, onErased }: SubjectSearchProps) => {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string>();
  return (
    <>
      <SearchInput
        className="keyledger-readable"
        aria-label={t("privacy.person")}
        placeholder={t("privacy.person.placeholder")}
        resetButtonLabel={t("filter.user.reset")}
        submitSearchButtonLabel={t("filter.user.search")}
        value={text}
        onChange={(_event, value) => setText(value)}
        onSearch={(_event, value) => setAsked(value.trim() || undefined)}
        onClear={() => {
          setText("");
          setAsked(undefined);
        }}
      />
      {asked !== undefined && <Found key={asked} user={asked} href={href} onChanged={onChanged} onErased={onErased} />}
    </>
  );
};

const Found = ({ user, href, onChanged, onErased }: SubjectSearchProps & { readonly user: string }) => {
  const { t } = useLanguage();
  const [load, again] = useSubjects(user);
  if (load.state === "failed") {
    return <Problem error={load.error} onRetry={again} />;
  }
  if (!load.value) {
    return <Skeleton height="6rem" screenreaderText={t("loading")} />;
  }
  if (load.value.length === 0) {
    return (
      <EmptyState variant="sm" data-testid="keyledger-empty">
        <EmptyStateHeader titleText={t("privacy.nobody")} headingLevel="h3" />
        <EmptyStateBody>{t("privacy.nobody.body")}</EmptyStateBody>
      </EmptyState>
    );
  }
  return load.value.map((subject) => (
    <SubjectCard
      key={subject.subject}
      subject={subject}
      href={href}
      onChanged={() => {
        again();
        onChanged();
      }}
      onErased={(done) => {
        again();
        onErased(done);
      }}
    />
  ));
};
