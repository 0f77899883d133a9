import { Skeleton, Title } from "@patternfly/react-core";
import { useState } from "react";
import type { ErasureDone } from "../api/privacyTypes";
import { Problem } from "../components/Problem";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { Erased } from "../privacy/Erased";
import { ErasureTable, HoldTable } from "../privacy/Register";
import { SubjectSearch } from "../privacy/SubjectSearch";
import { UnderWay } from "../privacy/UnderWay";
import { useRegister } from "../privacy/usePrivacy";
import { RetentionPanel } from "../retention/RetentionPanel";

/** The people in the log: found, erased, held; what was done of that; and how long entries are kept. */
export const PrivacyPage = ({ location, href }: Pick<Navigation, "location" | "href">) => {
  const { t } = useLanguage();
  const [register, again] = useRegister();
  const [erased, setErased] = useState<ErasureDone>();
  if (register.state === "failed") {
    return <Problem error={register.error} onRetry={again} />;
  }
  return (
    <div className="keyledger-body" data-testid="keyledger-privacy">
      <Title headingLevel="h2" size="lg">
        {t("privacy.find")}
      </Title>
      <p className="keyledger-readable">{t("privacy.kept")}</p>
      <SubjectSearch
        href={href}
        onChanged={again}
        onErased={(done) => {
          setErased(done);
          again();
        }}
      />
      <div aria-live="polite">{erased && <Erased done={erased} href={href} />}</div>
      {register.value ? (
        <>
          <HoldTable holds={register.value.holds} onChanged={again} />
          {register.value.underWay.length > 0 && <UnderWay onDone={again} />}
          <ErasureTable erasures={register.value.erasures} href={href} />
        </>
      ) : (
        <Skeleton height="8rem" screenreaderText={t("loading")} />
      )}
      <RetentionPanel location={location} href={href} />
    </div>
  );
};
