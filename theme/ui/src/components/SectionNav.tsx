import { Nav, NavItem, NavList } from "@patternfly/react-core";
import { useRef } from "react";
import type { Navigation } from "../hooks/useAuditLocation";
import { useCurrentInView } from "../hooks/useCurrentInView";
import { useLanguage } from "../i18n";
import { LIST, SECTIONS, type Section } from "../location";

/** Without the history, which is of one object and reached from it. */
const SHOWN: readonly Section[] = SECTIONS.filter((section) => section !== "history");

/** The screens of the page, as links. The filters go along, so that an export exports what was looked at. */
export const SectionNav = ({ location, href }: Pick<Navigation, "location" | "href">) => {
  const { t } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useCurrentInView(place, location.section);
  return (
    <div ref={place}>
      <Nav variant="tertiary" aria-label={t("title")} className="keyledger-sections">
        <NavList backScrollAriaLabel={t("scroll.back")} forwardScrollAriaLabel={t("scroll.forward")}>
          {SHOWN.map((section) => (
            <NavItem
              key={section}
              itemId={section}
              isActive={section === location.section}
              to={href({ ...LIST, section })}
            >
              {t(`section.${section}`)}
            </NavItem>
          ))}
        </NavList>
      </Nav>
    </div>
  );
};
