import type { VNode } from 'preact';

/** A choice; its field is there when it is ticked. */
export function Checkbox({ name, label }: { readonly name: string; readonly label: string }): VNode {
  return (
    <label class="choice">
      <input type="checkbox" name={name} />
      {label}
    </label>
  );
}
