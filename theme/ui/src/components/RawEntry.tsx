import { ExpandableSection, Title } from "@patternfly/react-core";
import type { EntryDetail } from "../api/types";
import { useLanguage } from "../i18n";
import { JsonBlock } from "./JsonBlock";

/** The entry as the log has it, for those who read JSON: the leaf, and the private parts that it commits to. */
export const RawEntry = ({ entry }: { readonly entry: EntryDetail }) => {
  const { t } = useLanguage();
  return (
    <ExpandableSection toggleText={t("raw.title")} className="keyledger-section">
      <Json title={t("raw.leaf")} text={decodeLeaf(entry.leaf)} />
      <Json title={t("raw.slots")} text={JSON.stringify(entry.slots, null, 2)} />
    </ExpandableSection>
  );
};

const Json = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <>
    <Title headingLevel="h4" size="md" className="keyledger-section">
      {title}
    </Title>
    <JsonBlock text={text} />
  </>
);

/** The bytes as they are: formatting them would show a text that the log does not hold. */
function decodeLeaf(leaf: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(leaf), (char) => char.charCodeAt(0)));
  } catch {
    return leaf; // not base64, and the verification will say so
  }
}
