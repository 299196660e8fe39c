import type { VNode } from 'preact';

interface Properties {
  readonly name: string;
  readonly label: string;
  /** Whether it is ticked at first. */
  readonly isTicked?: boolean;
  readonly onChange?: (isTicked: boolean) => void;
}

/** A choice; its field is there when it is ticked. */
export function Checkbox({ name, label, isTicked, onChange }: Properties): VNode {
  return (
    <label class="choice">
      <input
        type="checkbox"
        name={name}
        defaultChecked={isTicked}
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
