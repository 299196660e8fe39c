import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Fault } from '../api/fault.js';
import { text } from '../texts/texts.js';
import { FormContext } from './form-context.js';
import { Notice } from './notice.js';
import type { Submission } from './submission.js';

interface Properties {
  readonly submission: Submission;
  /** What the button says. */
  readonly action: string;
  /** What is said when it is done, where the form stays. */
  readonly done?: string;
  /** For a way beside the one that the page is about. */
  readonly isSecondary?: boolean;
  readonly children?: ComponentChildren;
  /** Sends what was typed, by the names of the fields; null when it is done. */
  readonly send: (fields: FormData) => Promise<Fault | null>;
}

/**
 * A form that tells how its sending goes, and can be sent again with what was typed. A refusal leads to
 * the field that it is about.
 */
export function Form({ submission, action, done, isSecondary = false, children, send }: Properties): VNode {
  const { isSending, fault, run } = submission;
  const noticeId = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (fault !== null && form.current !== null) fieldAtFault(form.current)?.focus();
  }, [fault]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (form.current === null) return;
    const fields = new FormData(form.current);
    void run(() => send(fields));
  };
  return (
    <FormContext.Provider value={{ noticeId, isSending }}>
      <form ref={form} method="post" noValidate onSubmit={submit}>
        <Notice id={noticeId} submission={submission} done={done} />
        {children}
        <button type="submit" class={isSecondary ? 'secondary' : undefined} aria-disabled={isSending}>
          {fault?.isUnsure ? text('again') : action}
        </button>
      </form>
    </FormContext.Provider>
  );
}

/** What was typed into a field, as it was typed. */
export function typed(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

function fieldAtFault(form: HTMLFormElement): HTMLElement | null {
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
  const required = [...form.querySelectorAll<HTMLInputElement>('input[required]')];
  return wrong ?? required.find(({ value }) => value === '') ?? null;
}
