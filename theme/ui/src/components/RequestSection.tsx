import { Button, Skeleton, Title } from "@patternfly/react-core";
import { useRequest } from "../hooks/useRequest";
import { useLanguage } from "../i18n";
import { OperationLabel, OutcomeMark, targetName } from "./labels";

interface RequestSectionProps {
  readonly request: string;
  /** The entry that is shown already. */
  readonly except: string;
  readonly href: (entry: string) => string;
  /** The address of a list of all that the request did. */
  readonly allHref: string;
}

/** What else the same request did. Without an answer there is still the way to the list. */
export const RequestSection = ({ request, except, href, allHref }: RequestSectionProps) => {
  const language = useLanguage();
  const { t } = language;
  const [found] = useRequest(request);
  const isUnknown = found.state === "failed";
  const others = isUnknown ? undefined : found.value?.entries.filter(({ id }) => id !== except);
  return (
    <section className="keyledger-section" data-testid="keyledger-request">
      <Title headingLevel="h3" size="lg">
        {t("request.title")}
      </Title>
      {others === undefined && !isUnknown && <Skeleton screenreaderText={t("loading")} />}
      {others?.length === 0 && <p className="keyledger-muted">{t("request.alone")}</p>}
      {others && others.length > 0 && (
        <ul className="keyledger-request">
          {others.map(({ id, operation, outcome, target, resourceType }) => (
            <li key={id}>
              <OperationLabel operation={operation} />{" "}
              <a href={href(id)} className="keyledger-long">
                {targetName(target, resourceType, language)}
              </a>{" "}
              {outcome === "failure" && <OutcomeMark outcome={outcome} />}
            </li>
          ))}
        </ul>
      )}
      {(isUnknown || (others && others.length > 0)) && (
        <Button variant="link" isInline component="a" href={allHref}>
          {t("request.all")}
        </Button>
      )}
    </section>
  );
};
