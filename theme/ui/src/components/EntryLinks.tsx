import { Button } from "@patternfly/react-core";
import type { EntryDetail } from "../api/types";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { LIST, NO_FILTERS } from "../location";
import { actorName, targetName } from "./labels";

/** What has a state of its own, which a history shows. */
const WITH_HISTORY = ["USER", "GROUP", "ROLE", "CLIENT", "REALM_ROLE", "CLIENT_ROLE", "CLIENT_SCOPE", "ORGANIZATION"];

/** From the entry to everything about those whom it names. */
export const EntryLinks = ({ entry, href }: { readonly entry: EntryDetail } & Pick<Navigation, "href">) => {
  const language = useLanguage();
  const { t } = language;
  const { actor, target } = entry;
  const actorValue = actor?.id ?? actor?.name;
  const resource = target?.type && target.id ? { type: target.type, id: target.id } : undefined;
  return (
    <div className="keyledger-actions">
      {resource && WITH_HISTORY.includes(resource.type) && (
        <Button
          variant="link"
          isInline
          component="a"
          href={href({ ...LIST, section: "history", resource: resource, filters: NO_FILTERS })}
        >
          {t("entry.history", { name: targetName(target, entry.resourceType, language) })}
        </Button>
      )}
      {actor && actor.type !== "system" && actorValue && (
        <Button
          variant="link"
          isInline
          component="a"
          href={href({ ...LIST, filters: { ...NO_FILTERS, fields: { user: [actorValue] } } })}
        >
          {t("entry.all", { name: actorName(actor, language) })}
        </Button>
      )}
    </div>
  );
};
