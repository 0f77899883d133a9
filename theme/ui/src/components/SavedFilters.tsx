import {
  Button,
  Divider,
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  Form,
  FormGroup,
  MenuItemAction,
  MenuToggle,
  TextInput,
} from "@patternfly/react-core";
import { StarIcon, TrashIcon } from "@patternfly/react-icons";
import { type FormEvent, useId, useState } from "react";
import { useSavedFilters } from "../hooks/useSavedFilters";
import { useLanguage } from "../i18n";
import { type Filters, formatFilters, isFiltered, parseFilters } from "../location";
import { Dialog } from "./Dialog";

interface SavedFiltersProps {
  readonly realm: string;
  readonly filters: Filters;
  readonly onApply: (filters: Filters) => void;
}

/** Filters by name: those kept in this browser, and a way to keep what is shown. */
export const SavedFilters = ({ realm, filters, onApply }: SavedFiltersProps) => {
  const { t } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const [isNaming, setIsNaming] = useState(false);
  const { saved, save, remove } = useSavedFilters(realm);
  return (
    <>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        onSelect={() => setIsOpen(false)}
        onActionClick={(_event, name) => remove(String(name))}
        popperProps={{ position: "right" }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant="plain"
            aria-label={t("saved.label")}
            isExpanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            <StarIcon />
          </MenuToggle>
        )}
      >
        <DropdownGroup label={t("saved.label")}>
          <DropdownList>
            {saved.map(({ name, query }) => (
              <DropdownItem
                key={name}
                itemId={name}
                onClick={() => onApply(parseFilters(new URLSearchParams(query)))}
                actions={
                  <MenuItemAction icon={<TrashIcon />} actionId={name} aria-label={t("saved.remove", { name })} />
                }
              >
                {name}
              </DropdownItem>
            ))}
            {saved.length === 0 && <DropdownItem isDisabled>{t("saved.none")}</DropdownItem>}
          </DropdownList>
        </DropdownGroup>
        <Divider />
        <DropdownList>
          <DropdownItem isDisabled={!isFiltered(filters)} onClick={() => setIsNaming(true)}>
            {t("saved.save")}
          </DropdownItem>
        </DropdownList>
      </Dropdown>
      {isNaming && (
        <NameDialog
          onClose={() => setIsNaming(false)}
          onName={(name) => save({ name, query: formatFilters(filters).toString() })}
        />
      )}
    </>
  );
};

interface NameDialogProps {
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

const NameDialog = ({ onName, onClose }: NameDialogProps) => {
  const { t } = useLanguage();
  const [name, setName] = useState("");
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) {
      onName(name.trim());
      onClose();
    }
  };
  return (
    <Dialog
      title={t("saved.save")}
      onClose={onClose}
      actions={[
        <Button key="save" type="submit" form={form} isDisabled={!name.trim()}>
          {t("saved.confirm")}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>,
      ]}
    >
      <Form id={form} onSubmit={submit}>
        <FormGroup label={t("saved.name")} fieldId={`${form}-name`}>
          <TextInput id={`${form}-name`} autoFocus value={name} onChange={(_event, value) => setName(value)} />
        </FormGroup>
      </Form>
    </Dialog>
  );
};
