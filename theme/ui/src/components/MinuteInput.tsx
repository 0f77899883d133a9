import { TextInput } from "@patternfly/react-core";

interface MinuteInputProps {
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly value: number | undefined;
  readonly onChange: (ms: number | undefined) => void;
}

/** Asks for a minute in the browser's zone. */
export const MinuteInput = ({ label, value, onChange }: MinuteInputProps) => (
  <TextInput
    type="datetime-local"
    aria-label={label}
    title={label}
    value={value === undefined ? "" : toLocalMinute(value)}
    onChange={(_event, text) => {
      // while a part is still missing the browser gives no text, and a year may have one digit so far
      const ms = new Date(text).getTime();
      onChange(Number.isNaN(ms) ? undefined : ms);
    }}
  />
);

function toLocalMinute(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
