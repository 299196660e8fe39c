import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { faultOf, type Fault } from '../api/fault.js';
import { Form } from '../parts/form.js';
import { Notice } from '../parts/notice.js';
import { useSubmission, type Submission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';

interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A list that the server answers by pages. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly hasLoaded: boolean;
  readonly hasMore: boolean;
  readonly submission: Submission;
  /** Begins anew. */
  readonly reload: () => Promise<Fault | null>;
  readonly loadMore: () => Promise<Fault | null>;
}

/** The list at `path`, whose first page is asked for at once. */
export function useListed<Item>(path: string): Listed<Item> {
  const page = useSignal<ListPage<Item> | null>(null);
  const submission = useSubmission();
  const load = async (cursor: string | null): Promise<Fault | null> => {
    const more = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ownRequest('GET', `${path}?limit=20${more}`);
    if (!answer?.isOk) return faultOf(answer, {});
    const { items, nextCursor } = answer.body as unknown as ListPage<Item>;
    const before = cursor === null ? [] : (page.peek()?.items ?? []);
    page.value = { items: [...before, ...items], nextCursor };
    return null;
  };
  useEffect(() => {
    void submission.run(() => load(null));
  }, []);
  return {
    items: page.value?.items ?? [],
    hasLoaded: page.value !== null,
    hasMore: page.value !== null && page.value.nextCursor !== null,
    submission,
    reload: () => load(null),
    loadMore: () => load(page.peek()?.nextCursor ?? null),
  };
}

/** The way to what of a list is not shown: more of it, or all when it did not come. */
export function More({ of }: { readonly of: Listed<unknown> }): VNode | null {
  const { submission, hasLoaded, hasMore, loadMore } = of;
  if (submission.fault === null && !hasLoaded) return <Notice submission={submission} />;
  if (submission.fault === null && !hasMore) return null;
  return <Form submission={submission} action={text(submission.fault ? 'again' : 'more')} send={loadMore} />;
}
