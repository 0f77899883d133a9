import { Menu, MenuContent, MenuItem, MenuList, Popper, SearchInput } from "@patternfly/react-core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useSuggestions } from "../hooks/useSuggestions";
import { useLanguage } from "../i18n";
import type { Field } from "../location";

interface SuggestingInputProps {
  readonly field: Field;
  readonly onEnter: (value: string) => void;
}

/** A value of one field, whole. It asks on Enter or when a suggestion is chosen, not at every key. */
export const SuggestingInput = ({ field, onEnter }: SuggestingInputProps) => {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const names = useSuggestions(field, text);
  const isShown = isOpen && names.length > 0;
  const enter = (value: string) => {
    setText("");
    setIsOpen(false);
    if (value.trim()) {
      onEnter(value.trim());
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" && isShown) {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>("[role=menuitem], button")?.focus();
    } else if (event.key === "Escape" && isShown) {
      event.stopPropagation();
      setIsOpen(false);
      input.current?.focus();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the input and the menu inside
    <div onKeyDown={onKeyDown}>
      <Popper
        trigger={
          <SearchInput
            ref={input}
            aria-label={t(`filter.${field}`)}
            placeholder={t(`filter.${field}.placeholder`)}
            resetButtonLabel={t("filter.user.reset")}
            submitSearchButtonLabel={t("filter.user.search")}
            value={text}
            onChange={(_event, value) => {
              setText(value);
              setIsOpen(true);
            }}
            onSearch={(_event, value) => enter(value)}
            onClear={() => setText("")}
          />
        }
        popper={
          <Menu
            ref={list}
            onSelect={(_event, name) => {
              enter(String(name));
              input.current?.focus();
            }}
          >
            <MenuContent>
              <MenuList aria-label={t("filter.suggestions")}>
                {names.map((name) => (
                  <MenuItem key={name} itemId={name}>
                    {name}
                  </MenuItem>
                ))}
              </MenuList>
            </MenuContent>
          </Menu>
        }
        isVisible={isShown}
        onDocumentClick={() => setIsOpen(false)}
        appendTo="inline"
      />
    </div>
  );
};
