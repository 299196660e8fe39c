import { useEffect, type ReactElement } from 'react';

/** Signing in is a hosted page's, which leads back here. */
export function SignInRedirect(): ReactElement {
  useEffect(() => location.replace('/?then=cockpit#/sign-in'), []);
  return <></>;
}
