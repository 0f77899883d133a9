import { SearchInput } from "@patternfly/react-core";
import { useState } from "react";
import { useLanguage } from "../i18n";

interface UserSearchProps {
  readonly user: string | undefined;
  readonly onChange: (user: string | undefined) => void;
}

/** Asks for one user, as the one who did it or the one to whom it was done. It asks on Enter, not at every key. */
export const UserSearch = ({ user, onChange }: UserSearchProps) => {
  const { t } = useLanguage();
  const [text, setText] = useState(user ?? "");
  return (
    <SearchInput
      aria-label={t("filter.user")}
      placeholder={t("filter.user.placeholder")}
      resetButtonLabel={t("filter.user.reset")}
      submitSearchButtonLabel={t("filter.user.search")}
      value={text}
      onChange={(_event, value) => setText(value)}
      onSearch={(_event, value) => onChange(value.trim() || undefined)}
      onClear={() => {
        setText("");
        onChange(undefined);
      }}
    />
  );
};
