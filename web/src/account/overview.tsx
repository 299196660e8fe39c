import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Form } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { addressOf, go, SECTIONS } from '../route.js';
import { text, type TextName } from '../texts/texts.js';
import { SECTION_TITLES } from './section-titles.js';
import { nameOf, type SectionProperties, type User } from './user.js';

const ABOUT = {
  profile: 'profileAbout',
  email: 'emailAbout',
  password: 'passwordAbout',
  'second-factors': 'factorsAbout',
  passkeys: 'passkeysAbout',
  sessions: 'sessionsAbout',
  identities: 'identitiesAbout',
  notifications: 'notificationsAbout',
  data: 'dataAbout',
} as const satisfies Record<(typeof SECTIONS)[number], TextName>;

/** Who is signed in, what can be changed, and the way out. */
export function Overview({ user }: SectionProperties): VNode {
  return (
    <>
      <p>
        {text('signedInAs')} <strong>{nameOf(user)}</strong>
      </p>
      <nav aria-label={text('accountTitle')}>
        <ul class="entries">
          {SECTIONS.map((section) => (
            <li key={section}>
              <a href={addressOf(section)}>{text(SECTION_TITLES[section])}</a>
              <span class="quiet">{text(hintOf(user, section) ?? ABOUT[section])}</span>
            </li>
          ))}
        </ul>
      </nav>
      <SignOut />
    </>
  );
}

/** What wants to be looked at in a section. */
function hintOf(user: User, section: keyof typeof ABOUT): TextName | null {
  if (section === 'email' && user.email !== null && !user.emailConfirmed) return 'emailUnconfirmed';
  if (section === 'password' && !user.hasPassword) return 'passwordNone';
  return null;
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
