import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { FormContext } from './form-context.js';

interface Properties {
  readonly name: string;
  readonly label: string;
  readonly initial: string;
  readonly maxLength: number;
}

/** Some lines to be filled in, or to be left empty, under their label. */
export function TextArea({ name, label, initial, maxLength }: Properties): VNode {
  const { noticeId } = useContext(FormContext);
  return (
    <>
      <label for={name}>{label}</label>
      <textarea
        id={name}
        name={name}
        rows={4}
        maxLength={maxLength}
        aria-describedby={noticeId}
        defaultValue={initial}
      />
    </>
  );
}
