import type { VNode } from 'preact';
import { Me } from './account/me.js';
import { BrokenLink } from './pages/broken-link.js';
import { ChoosePassword } from './pages/choose-password.js';
import { ForgotPassword } from './pages/forgot-password.js';
import { MailedSignIn } from './pages/mailed-sign-in.js';
import { Register } from './pages/register.js';
import { SignIn } from './pages/sign-in.js';
import { SignInLink } from './pages/sign-in-link.js';
import { route, type Route } from './route.js';

const visits = new WeakMap<Route, number>();
let visited = 0;

/** The page that the address asks for, made anew for each visit; the account stays while its sections change. */
export function App(): VNode {
  const current = route.value;
  if (current.page === 'me') return <Me key="me" section={current.section} />;
  if (!visits.has(current)) visits.set(current, ++visited);
  return <Shown key={visits.get(current)} route={current} />;
}

function Shown({ route: current }: { readonly route: Exclude<Route, { page: 'me' }> }): VNode {
  switch (current.page) {
    case 'sign-in':
      return <SignIn />;
    case 'register':
      return <Register />;
    case 'forgot-password':
      return <ForgotPassword />;
    case 'broken-link':
      return <BrokenLink />;
    case 'sign-in-link':
      return <SignInLink />;
    case 'mailed-sign-in':
      return <MailedSignIn token={current.token} />;
    case 'set-password':
    case 'reset-password':
      return <ChoosePassword link={current} />;
  }
}
