import { Label } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import type { Kind } from "../api/types";

const COLORS = { okta: "blue", entra: "cyan", generic: "grey" } as const;

/** Who is on the other side. */
export const KindMark = ({ kind }: { readonly kind: Kind }) => {
  const { t } = useLanguage();
  return (
    <Label isCompact color={COLORS[kind]}>
      {t(`scim.kind.${kind}`)}
    </Label>
  );
};
