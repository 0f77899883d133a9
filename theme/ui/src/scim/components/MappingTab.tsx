import { Title } from "@patternfly/react-core";
import { useState } from "react";
import { useLanguage } from "../../i18n";
import type { Connection, ConnectionSettings, UserSummary } from "../api/types";
import { useScim } from "../ScimContext";
import { MappingTable } from "./MappingTable";
import { OwnPlaces } from "./OwnPlaces";
import { Preview } from "./Preview";
import { UserPicker } from "./UserPicker";

interface MappingTabProps {
  readonly connection: Connection;
  readonly onSave: (settings: ConnectionSettings) => Promise<void>;
}

/** Which attribute is which, and one real user as the other side sees him. */
export const MappingTab = ({ connection, onSave }: MappingTabProps) => {
  const { t } = useLanguage();
  const { realm } = useScim().page;
  const [user, setUser] = useState<UserSummary>();
  return (
    <div className="keyledger-scim-paste">
      <div>
        <Title headingLevel="h2" size="lg">
          {t("scim.mapping.title")}
        </Title>
        <p className="keyledger-section">
          {t("scim.mapping.body")}{" "}
          <a href={`#/${encodeURIComponent(realm)}/realm-settings/user-profile/attributes`}>
            {t("scim.mapping.profile")}
          </a>
        </p>
        <MappingTable connection={connection} />
        <OwnPlaces key={JSON.stringify(connection.attributes)} connection={connection} onSave={onSave} />
      </div>
      <div>
        <Title headingLevel="h2" size="lg">
          {t("scim.mapping.preview")}
        </Title>
        <p className="keyledger-section">{t("scim.mapping.preview.body")}</p>
        <div className="keyledger-section">
          <UserPicker selected={user} onSelect={setUser} />
        </div>
        <div className="keyledger-section">
          {user && (
            <Preview key={user.id + JSON.stringify(connection.attributes)} connection={connection.name} user={user} />
          )}
        </div>
      </div>
    </div>
  );
};
