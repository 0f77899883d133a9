import { Menu, MenuContent, MenuItem, MenuList, SearchInput, Skeleton } from "@patternfly/react-core";
import { useCallback, useEffect, useState } from "react";
import { HttpError } from "../../api/client";
import { isForbidden } from "../../components/Problem";
import { useLoad } from "../../hooks/useLoad";
import { useLanguage } from "../../i18n";
import type { UserSummary } from "../api/types";
import { useScim } from "../ScimContext";
import { reasonOf } from "./Failure";

const PAUSE_MS = 300;

interface UserPickerProps {
  readonly selected: UserSummary | undefined;
  readonly onSelect: (user: UserSummary) => void;
}

/** Finds a user of the realm by what one remembers of the name. */
export const UserPicker = ({ selected, onSelect }: UserPickerProps) => {
  const language = useLanguage();
  const { t } = language;
  const { api, page } = useScim();
  const mayFind = page.findUsers !== false;
  const [text, setText] = useState("");
  const wanted = useSettled(text.trim());
  const [users] = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        if (!mayFind) {
          throw new HttpError(403); // as it would be answered, without a line in somebody's log
        }
        return api.users(wanted, signal);
      },
      [api, wanted, mayFind],
    ),
  );
  const found = users.state === "failed" ? undefined : users.value;
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
      {users.state === "failed" ? (
        <p className="keyledger-muted keyledger-section" data-testid="keyledger-no-users">
          {isForbidden(users.error) ? t("scim.mapping.forbidden") : reasonOf(users.error, language)}
        </p>
      ) : !found ? (
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
