import { useEffect, type ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import { keepWayBack } from './way-back.js';

interface Left {
  readonly nextPathname?: string;
  readonly nextSearch?: string;
}

/** Signing in is a hosted page's, which leads back here, to where one was when the session ended. */
export function SignInRedirect(): ReactElement {
  const { state } = useLocation() as { readonly state: Left | null };
  useEffect(() => {
    if (state?.nextPathname) keepWayBack(`${state.nextPathname}${state.nextSearch ?? ''}`);
    location.replace('/?then=cockpit#/sign-in');
  }, [state]);
  return <></>;
}
