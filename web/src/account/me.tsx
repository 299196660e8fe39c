import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Form } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { Notice } from '../parts/notice.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { leaveToSignIn, type Section } from '../route.js';
import { text } from '../texts/texts.js';
import { Confirmation } from './confirmation-dialog.js';
import { SectionMenu } from './section-menu.js';
import { SECTION_PARTS } from './sections.js';
import { SECTION_TITLES } from './section-titles.js';
import { isOver, leaveEndedSession } from './session-end.js';
import type { User } from './user.js';

/**
 * The account of who is signed in, one section at a time; who is not, is led to the sign-in. A page that
 * is looked at again finds out whether its session is still there.
 */
export function Me({ section }: { readonly section: Section }): VNode {
  const user = useSignal<User | null>(null);
  const isDeleted = useSignal(false);
  const loading = useSubmission();
  const load = async (): Promise<Fault | null> => {
    const answer = await request('GET', '/v1/me');
    if (answer?.status === 401) leaveToSignIn();
    else if (!answer?.isOk) return faultOf(answer, {});
    else user.value = answer.body as unknown as User;
    return null;
  };
  useEffect(() => {
    void loading.run(load);
  }, []);
  useReturns(async () => {
    if (user.peek() === null || isDeleted.peek()) return;
    const answer = await request('GET', '/v1/me');
    if (isOver(answer)) leaveEndedSession();
    else if (answer?.isOk) user.value = answer.body as unknown as User;
  });
  if (isDeleted.value) return <Farewell />;
  if (user.value === null) {
    return (
      <Page title={text(SECTION_TITLES[section])}>
        {loading.fault === null ? (
          <Notice submission={loading} />
        ) : (
          <Form submission={loading} action={text('again')} send={load} />
        )}
      </Page>
    );
  }
  const Part = SECTION_PARTS[section];
  return (
    <div class="account">
      {section !== 'overview' && <SectionMenu current={section} />}
      <div key={`${section} ${user.value.id}`}>
        <Page title={text(SECTION_TITLES[section])}>
          <Part
            user={user.value}
            onChange={(changed) => (user.value = changed)}
            onDeleted={() => (isDeleted.value = true)}
          />
        </Page>
      </div>
      <Confirmation />
    </div>
  );
}

/** Calls `look` whenever the page is looked at again, once at a time. */
function useReturns(look: () => Promise<void>): void {
  const isLooking = useRef(false);
  useEffect(() => {
    const onReturn = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || isLooking.current) return;
      isLooking.current = true;
      await look();
      isLooking.current = false;
    };
    const listener = (): void => void onReturn();
    document.addEventListener('visibilitychange', listener);
    addEventListener('focus', listener);
    return () => {
      document.removeEventListener('visibilitychange', listener);
      removeEventListener('focus', listener);
    };
  }, []);
}

function Farewell(): VNode {
  return (
    <Page title={text('deletedTitle')}>
      <p>{text('deletedText')}</p>
      <Links to={['back']} />
    </Page>
  );
}
