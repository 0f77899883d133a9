import { Card, CardBody, CardHeader, CardTitle, Gallery } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import { KINDS } from "../api/types";
import { usePlace } from "../hooks/usePlace";

/** Who is on the other side: the first step. */
export const KindChoice = () => {
  const { t } = useLanguage();
  const { href } = usePlace();
  return (
    <Gallery hasGutter minWidths={{ default: "16rem" }} data-testid="keyledger-kinds">
      {KINDS.map((kind) => (
        <Card key={kind} isFullHeight>
          <CardHeader>
            <CardTitle component="h2">
              <a id={`keyledger-kind-${kind}`} href={href({ view: "connect", kind })} className="keyledger-scim-cover">
                {t(`scim.connect.${kind}`)}
              </a>
            </CardTitle>
          </CardHeader>
          <CardBody>{t(`scim.kind.${kind}.hint`)}</CardBody>
        </Card>
      ))}
    </Gallery>
  );
};
