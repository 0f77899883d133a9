import { CodeBlock, CodeBlockAction } from "@patternfly/react-core";
import { CopyButton } from "./CopyButton";

interface JsonBlockProps {
  readonly text: string;
  readonly testId?: string;
}

/** JSON as it is, to be read and copied. */
export const JsonBlock = ({ text, testId }: JsonBlockProps) => (
  <CodeBlock
    data-testid={testId}
    actions={
      <CodeBlockAction>
        <CopyButton text={() => Promise.resolve(text)} />
      </CodeBlockAction>
    }
  >
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
    <pre className="keyledger-mono keyledger-pre" tabIndex={0}>
      {text}
    </pre>
  </CodeBlock>
);
