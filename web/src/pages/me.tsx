import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Form } from '../parts/form.js';
import { Notice } from '../parts/notice.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { go } from '../route.js';
import { text } from '../texts/texts.js';
import { SessionList } from './session-list.js';

/** What `GET /v1/me` answers, as far as the page shows it. */
interface User {
  readonly email: string | null;
  readonly username: string | null;
  readonly firstName: string;
  readonly lastName: string;
}

/** Who is signed in, and where; who is not, is led to the sign-in. */
export function Me(): VNode {
  const user = useSignal<User | null>(null);
  const loading = useSubmission();
  const load = async (): Promise<Fault | null> => {
    const answer = await request('GET', '/v1/me');
    if (answer?.status === 401) go('sign-in');
    else if (!answer?.isOk) return faultOf(answer, {});
    else user.value = answer.body as unknown as User;
    return null;
  };
  useEffect(() => {
    void loading.run(load);
  }, []);
  if (user.value === null) {
    return (
      <Page title={text('accountTitle')}>
        {loading.fault === null ? (
          <Notice submission={loading} />
        ) : (
          <Form submission={loading} action={text('again')} send={load} />
        )}
      </Page>
    );
  }
  return (
    <Page title={text('accountTitle')}>
      <p>
        {text('signedInAs')} <strong>{nameOf(user.value)}</strong>
      </p>
      <SignOut />
      <SessionList />
    </Page>
  );
}

function SignOut(): VNode {
  const submission = useSubmission();
  const send = async (): Promise<Fault | null> => {
    const answer = await request('DELETE', '/v1/sessions/current');
    if (!answer?.isOk && answer?.status !== 401) return faultOf(answer, {});
    go('sign-in');
    return null;
  };
  return <Form submission={submission} action={text('signOut')} send={send} />;
}

function nameOf({ email, username, firstName, lastName }: User): string {
  const name = `${firstName} ${lastName}`.trim();
  const identifier = email ?? username ?? '';
  return name ? `${name} (${identifier})` : identifier;
}
