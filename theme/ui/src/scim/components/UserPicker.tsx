import { Menu, MenuContent, MenuItem, MenuList, SearchInput, Skeleton } from "@patternfly/react-core";
import { useCallback, useEffect, useState } from "react";
import { useLoad } from "../../hooks/useLoad";
import { useLanguage } from "../../i18n";
import type { UserSummary } from "../api/types";
import { useScim } from "../ScimContext";

const PAUSE_MS = 300;

interface UserPickerProps {
  readonly selected: UserSummary | undefined;
  readonly onSelect: (user: UserSummary) => void;
}

/** Finds a user of the realm by what one remembers of the name. */
export const UserPicker = ({ selected, onSelect }: UserPickerProps) => {
  const { t } = useLanguage();
  const { api } = useScim();
  const [text, setText] = useState("");
  const wanted = useSettled(text.trim());
  const [users] = useLoad(useCallback((signal: AbortSignal) => api.users(wanted, signal), [api, wanted]));
  const found = users.state === "failed" ? [] : users.value;
  return (
    <>
      <SearchInput
        aria-label={t("scim.mapping.user")}
        placeholder={t("scim.mapping.user")}
        value={text}
        resetButtonLabel={t("filter.user.reset")}
        onChange={(_event, value) => setText(value)}
        onClear={() => setText("")}
      />
      {!found ? (
        <Skeleton height="6rem" screenreaderText={t("loading")} className="keyledger-section" />
      ) : found.length === 0 ? (
        <p className="keyledger-muted keyledger-section">{t("scim.mapping.nobody")}</p>
      ) : (
        <Menu isPlain isScrollable onSelect={(_event, id) => choose(found, String(id), onSelect)}>
          <MenuContent maxMenuHeight="14rem">
            <MenuList aria-label={t("scim.mapping.users")}>
              {found.map((user) => (
                <MenuItem key={user.id} itemId={user.id} isSelected={user.id === selected?.id}>
                  {user.username}
                </MenuItem>
              ))}
            </MenuList>
          </MenuContent>
        </Menu>
      )}
    </>
  );
};

function choose(users: readonly UserSummary[], id: string, onSelect: (user: UserSummary) => void): void {
  const user = users.find((one) => one.id === id);
  if (user) {
    onSelect(user);
  }
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
