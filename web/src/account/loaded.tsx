import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { faultOf, type Fault } from '../api/fault.js';
import { Form } from '../parts/form.js';
import { Notice } from '../parts/notice.js';
import { useSubmission, type Submission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';

/** Something that the server has. */
export interface Loaded<Value> {
  /** Null until it is there. */
  readonly value: Value | null;
  readonly submission: Submission;
  /** Asks the server anew. */
  readonly load: () => Promise<Fault | null>;
  /** Puts in its place what the server has answered elsewhere. */
  readonly set: (value: Value) => void;
}

/** What the server has at `path`, asked for at once. */
export function useLoaded<Value>(path: string): Loaded<Value> {
  const value = useSignal<Value | null>(null);
  const submission = useSubmission();
  const load = async (): Promise<Fault | null> => {
    const answer = await ownRequest('GET', path);
    if (!answer?.isOk) return faultOf(answer, {});
    value.value = answer.body as unknown as Value;
    return null;
  };
  useEffect(() => {
    void submission.run(load);
  }, []);
  return { value: value.value, submission, load, set: (next) => (value.value = next) };
}

/** That something is on its way, or is not there and can be asked for again. */
export function Loading({
  of: { submission, load },
}: {
  readonly of: Pick<Loaded<unknown>, 'submission' | 'load'>;
}): VNode {
  if (submission.fault === null) return <Notice submission={submission} />;
  return <Form submission={submission} action={text('again')} send={load} />;
}
